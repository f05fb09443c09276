-- Whether it waits to be published and people have decided of no person since its own were found. The row is locked, so
-- that two runs cannot publish it both.
SELECT state = 'resolved' AND resolved_after = (SELECT coalesce(max(d.decision_id), 0) FROM ledger.identity_decision AS d
                                                WHERE d.rule IN ('merged_by_person', 'split_by_person'))
FROM intake.submission WHERE submission_id = :submission_id FOR UPDATE;
