-- Whoever works with the base has its data keys in memory and may seal under them until this session ends.
SELECT pg_advisory_lock_shared(hashtext('clearbase.keys_held'));
