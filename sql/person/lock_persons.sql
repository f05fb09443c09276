-- Who merges or splits waits for publications, and they wait for it: none writes lines for whom is going.
SELECT pg_advisory_xact_lock(hashtext('clearbase.persons'));
