-- What a batch has claimed so far.
SELECT coalesce(sum(greatest(file_bytes, 1)), 0) FROM intake.submission WHERE batch_id = :batch_id;
