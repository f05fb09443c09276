SELECT 1 + greatest(
    (SELECT coalesce(max(submission_id), 0) FROM intake.submission),
    (SELECT coalesce(max(load_id), 0) FROM ledger.registry_load));
