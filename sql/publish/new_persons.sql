INSERT INTO warehouse.dim_person (person_id, match_state)
SELECT person_id, 'not_registered' FROM affected ORDER BY person_id
ON CONFLICT (person_id) DO NOTHING;
