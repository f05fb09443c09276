-- staging holds lines of unfinished batches only
SELECT DISTINCT l.submission_id
FROM staging.line AS l LEFT JOIN intake.batch AS b USING (batch_id)
WHERE (CAST(:batch_id AS bigint) IS NULL OR l.batch_id = :batch_id)
  AND (b.closed_at IS NOT NULL OR b.batch_id IS NULL);
