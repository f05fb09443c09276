-- One submission of an employer at a time.
SELECT pg_advisory_xact_lock(hashtext('clearbase.employer'), hashtext(:employer_uscc));
