-- Whether it waits to be published and people have decided of no person since its own were found. The row is locked, so
-- that two runs cannot publish it both.
SELECT state = 'resolved' AND resolved_after = ledger.newest_regrouping()
FROM intake.submission WHERE submission_id = :submission_id FOR UPDATE;
