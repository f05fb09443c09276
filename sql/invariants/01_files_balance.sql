-- read = published + quarantined + repeated + held + refused + set aside, for each file that has its outcome
SELECT submission_id FROM intake.submission
WHERE (CAST(:batch_id AS bigint) IS NULL OR batch_id = :batch_id)
  AND outcome IS NOT NULL
  AND rows_read <> rows_published + rows_quarantined + rows_repeated + rows_held + rows_refused + rows_set_aside;
