-- Whose batch it is: held by the session of the run that works on it, freed when that session ends, however it ends.
SELECT pg_try_advisory_lock(hashtext('clearbase.batch'), CAST(:batch_id AS integer));
