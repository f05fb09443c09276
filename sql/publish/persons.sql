INSERT INTO identity.person (person_id)
SELECT DISTINCT unnest(ARRAY[person_id, candidate_person_id])
FROM staging.line
WHERE batch_id = :batch_id AND person_id IS NOT NULL
EXCEPT SELECT NULL::bigint
ON CONFLICT (person_id) DO NOTHING;
