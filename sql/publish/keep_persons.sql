-- Persons are not merged or split while lines are written for them; two publications do not wait for one another.
SELECT pg_advisory_xact_lock_shared(hashtext('clearbase.persons'));
