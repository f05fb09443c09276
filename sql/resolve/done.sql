UPDATE intake.submission
SET state = 'resolved',
    resolved_after = (SELECT coalesce(max(d.decision_id), 0) FROM ledger.identity_decision AS d
                      WHERE d.rule IN ('merged_by_person', 'split_by_person'))
WHERE batch_id = :batch_id AND state = 'checked';
