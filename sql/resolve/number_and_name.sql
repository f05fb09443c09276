-- Lines whose number and name are known together. A provisional person stays what it is: in review, for the reason that it is.
UPDATE staging.line AS l
SET person_id = t.person_id,
    candidate_person_id = t.candidate_person_id,
    rule = CASE WHEN t.candidate_person_id IS NULL THEN 'number_and_name'
                ELSE coalesce((SELECT c.rule FROM identity.review_case AS c WHERE c.person_id = t.person_id), 'number_with_other_name') END
FROM identity.person_token AS t
WHERE l.batch_id = :batch_id AND l.disposition = 'accepted'
  AND t.number = l.number AND t.name = l.name;
