INSERT INTO identity.review_case (person_id, candidate_person_id, rule)
SELECT DISTINCT ON (person_id) person_id, candidate_person_id, rule
FROM staging.line
WHERE line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215 AND candidate_person_id IS NOT NULL
ORDER BY person_id, line_id
ON CONFLICT (person_id) DO NOTHING;
