-- Two runs may have taken the same new number for a new person each: whoever publishes first keeps it.
UPDATE staging.line AS l
SET person_id = t.person_id, candidate_person_id = t.candidate_person_id, rule = 'number_and_name'
FROM identity.person_token AS t
WHERE l.submission_id = :submission_id AND l.rule IN ('number_new', 'number_with_other_name')
  AND t.number = l.number AND t.name = l.name AND t.person_id <> l.person_id;
