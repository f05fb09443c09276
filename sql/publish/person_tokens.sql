INSERT INTO identity.person_token (number, name, person_id, candidate_person_id)
SELECT DISTINCT ON (number, name) number, name, person_id, candidate_person_id
FROM staging.line
WHERE batch_id = :batch_id AND number IS NOT NULL AND name IS NOT NULL AND person_id IS NOT NULL
ORDER BY number, name, line_id
ON CONFLICT (number, name) DO NOTHING;
