-- Nor is a record joined to whom its number and name find where somebody bears both whom people hold apart from him: a clerk decides.
UPDATE incoming AS i
SET person_id = i.record_id, candidate_person_id = i.person_id, rule = 'number_held_apart'
FROM identity.negative AS n
WHERE i.rule = 'number_and_name' AND n.person_id = i.person_id
  AND (EXISTS (SELECT FROM identity.line_token AS t JOIN identity.line_person AS p USING (line_id)
               WHERE t.number = i.number AND t.name = i.name AND p.person_id = n.other_person_id)
       OR EXISTS (SELECT FROM identity.record_token AS t JOIN identity.record_person AS p USING (record_id)
                  WHERE t.number = i.number AND t.name = i.name AND p.person_id = n.other_person_id));
