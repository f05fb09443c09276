INSERT INTO identity.review_case (person_id, candidate_person_id, rule)
SELECT person_id, candidate_person_id, rule FROM incoming WHERE candidate_person_id IS NOT NULL
ON CONFLICT (person_id) DO NOTHING;
