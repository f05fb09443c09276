INSERT INTO identity.line_person (line_id, submission_id, person_id, candidate_person_id, rule)
SELECT line_id, submission_id, person_id, candidate_person_id, rule
FROM staging.line WHERE submission_id = :submission_id AND person_id IS NOT NULL;
