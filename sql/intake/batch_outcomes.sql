-- What became of a batch: files and rows by outcome.
SELECT coalesce(outcome, state) AS outcome, count(*) AS files, coalesce(sum(rows_read), 0) AS rows_read,
       coalesce(sum(rows_published), 0) AS rows_published, coalesce(sum(rows_quarantined), 0) AS rows_quarantined
FROM intake.submission WHERE batch_id = :batch_id GROUP BY 1 ORDER BY 1;
