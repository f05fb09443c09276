-- A published submission and whether it counts; no row for what was never published.
SELECT s.submission_id, s.employer_uscc, s.period, s.kind, s.lines, t.submission_id IS NOT NULL AS standing
FROM ledger.submission AS s LEFT JOIN ledger.standing_submission AS t USING (submission_id)
WHERE s.submission_id = :submission_id;
