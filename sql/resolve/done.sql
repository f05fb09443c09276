UPDATE intake.submission
SET state = 'resolved',
    resolved_after = ledger.newest_regrouping()
WHERE batch_id = :batch_id AND state = 'checked';
