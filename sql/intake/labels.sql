-- What is on its way in a batch, for chunks of like weight.
SELECT submission_id, file_name, file_bytes FROM intake.submission WHERE batch_id = :batch_id AND state = 'claimed'
ORDER BY file_bytes DESC, submission_id;
