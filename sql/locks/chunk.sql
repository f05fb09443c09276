-- The same for a chunk of files, by its first submission; chunks of a batch are read at once.
SELECT pg_advisory_lock(hashtext('clearbase.chunk'), CAST(:submission_id AS integer));
