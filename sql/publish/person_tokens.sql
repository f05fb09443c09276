-- Numbers with names that were not known; of the others it is known whom they stand for.
INSERT INTO identity.person_token (number, name, person_id, candidate_person_id)
SELECT DISTINCT ON (number, name) number, name, person_id, candidate_person_id
FROM staging.line
WHERE batch_id = :batch_id AND rule IN ('number_new', 'number_with_other_name') AND number IS NOT NULL AND name IS NOT NULL
ORDER BY number, name, line_id
ON CONFLICT (number, name) DO NOTHING;
