-- The lines of a moved person, also those without a number that were tied to it, in whichever file of the batch.
UPDATE staging.line AS l
SET person_id = m.person_id, candidate_person_id = m.candidate_person_id,
    rule = CASE WHEN m.candidate_person_id IS NOT NULL THEN 'number_with_other_name'
                WHEN l.rule = 'same_employer' THEN l.rule
                ELSE 'number_and_name' END
FROM moved AS m
WHERE l.batch_id = :batch_id AND l.person_id = m.was;
