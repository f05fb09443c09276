SELECT (SELECT count(DISTINCT uscc) FROM ledger.employer) AS employers,
       (SELECT count(*) FROM identity.record_person WHERE current) AS registry_records,
       (SELECT max(period) FROM ledger.submission) AS newest_month,
       (SELECT count(*) FROM intake.batch WHERE closed_at IS NULL) AS open_batches;
