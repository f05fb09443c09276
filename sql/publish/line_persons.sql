INSERT INTO identity.line_person (line_id, submission_id, person_id, candidate_person_id, rule)
SELECT line_id, submission_id, person_id, candidate_person_id, rule
FROM staging.line WHERE line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215 AND person_id IS NOT NULL;
