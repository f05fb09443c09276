-- One rotation of keys at a time; the session that holds it is the rotating one.
SELECT pg_try_advisory_lock(hashtext('clearbase.rotation'));
