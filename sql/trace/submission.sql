-- A submission: where it came from, what became of it, whether it counts.
SELECT s.submission_id, s.file_name AS file, s.employer_uscc AS employer, to_char(s.period, 'YYYY-MM') AS month, s.kind, s.kind_reason AS kind_by, s.outcome,
       s.reason_code AS reason, s.rows_read AS read, s.rows_published AS published, s.rows_quarantined AS quarantined,
       s.rows_repeated AS repeated, s.rows_set_aside AS set_aside,
       CASE WHEN l.submission_id IS NULL THEN 'never published'
            WHEN t.submission_id IS NULL THEN 'undone'
            WHEN e.submission_id IS NULL THEN 'replaced by a later full roster'
            ELSE 'counts' END AS effect
FROM intake.submission AS s
LEFT JOIN ledger.submission AS l USING (submission_id)
LEFT JOIN ledger.standing_submission AS t USING (submission_id)
LEFT JOIN ledger.effective_submission AS e USING (submission_id)
WHERE s.submission_id = :submission_id;
