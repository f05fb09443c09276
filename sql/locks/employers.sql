-- Who registers employers does it alone: two runs may meet one that is new to both.
SELECT pg_advisory_xact_lock(hashtext('clearbase.employers'));
