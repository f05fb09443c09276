-- The submission's numbers with names that are not known yet. Under the lock of numbers, since they were looked up.
INSERT INTO identity.person_token (number, name, person_id, candidate_person_id)
SELECT number, name, person_id, candidate_person_id FROM met WHERE is_new ORDER BY number, name;
