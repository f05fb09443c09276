-- Two first starts agree on one data key.
SELECT pg_advisory_xact_lock(hashtext('clearbase.keys'));
