-- What the unfinished batches hold already.
SELECT s.file_sha256, s.given_employer, s.given_period, s.given_kind
FROM intake.submission AS s
JOIN intake.batch AS b USING (batch_id)
WHERE b.closed_at IS NULL;
