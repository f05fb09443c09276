-- One command brings the schema to its version at a time.
SELECT pg_advisory_lock(hashtext('clearbase.migrate'));
