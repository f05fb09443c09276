INSERT INTO warehouse.fact_submission
    (submission_id, employer_uscc, period, kind, rows_read, rows_published, rows_quarantined, rows_repeated, recorded_at)
SELECT s.submission_id, s.employer_uscc, s.period, s.kind, s.rows_read, s.rows_published, s.rows_quarantined, s.rows_repeated, l.recorded_at
FROM intake.submission AS s JOIN ledger.submission AS l USING (submission_id)
WHERE s.submission_id = :submission_id;
