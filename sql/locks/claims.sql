-- One run claims from the drop folder at a time; the session that holds it is the claiming one.
SELECT pg_advisory_lock(hashtext('clearbase.claim'));
