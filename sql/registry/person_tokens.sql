INSERT INTO identity.person_token (number, name, person_id, candidate_person_id)
SELECT DISTINCT ON (number, name) number, name, person_id, candidate_person_id
FROM incoming WHERE number IS NOT NULL AND name IS NOT NULL
ORDER BY number, name, record_id
ON CONFLICT (number, name) DO NOTHING;
