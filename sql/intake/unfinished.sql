-- The files that unfinished batches hold already, and what was given with them.
SELECT s.source_key, s.given_employer, s.given_period, s.given_kind
FROM intake.submission AS s
JOIN intake.batch AS b USING (batch_id)
WHERE b.closed_at IS NULL;
