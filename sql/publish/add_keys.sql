-- In the order of persons, so that two publications that share some wait for one another and never in a circle.
INSERT INTO identity.person_key (key_no, person_id, source_id, wrapped)
SELECT key_no, person_id, source_id, wrapped FROM new_key ORDER BY person_id, source_id
ON CONFLICT DO NOTHING;
