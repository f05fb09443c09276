-- What of a batch is to be read.
SELECT submission_id, file_name, file_bytes, file_sha256 FROM intake.submission WHERE batch_id = :batch_id AND state = 'claimed' ORDER BY submission_id;
