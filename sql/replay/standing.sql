-- Submissions of these months that count, in the order in which they are replayed: month, then number.
SELECT t.submission_id, t.employer_uscc, t.period, t.kind, t.lines, s.file_bytes
FROM ledger.standing_submission AS t JOIN intake.submission AS s USING (submission_id)
WHERE t.period BETWEEN :first_month AND :last_month
  AND (CAST(:employer_uscc AS text) IS NULL OR t.employer_uscc = :employer_uscc)
ORDER BY t.period, t.submission_id;
