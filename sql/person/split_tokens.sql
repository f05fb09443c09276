-- A number with a name that only the lines and records split off bear stands for the new person.
UPDATE identity.person_token AS t SET person_id = :new_person, candidate_person_id = NULL
WHERE t.person_id = :person_id
  AND EXISTS (SELECT FROM identity.line_token AS own JOIN reassigned AS r USING (line_id) WHERE own.number = t.number AND own.name = t.name
              UNION ALL
              SELECT FROM identity.record_token AS own JOIN reassigned AS r USING (record_id) WHERE own.number = t.number AND own.name = t.name)
  AND NOT EXISTS (SELECT FROM identity.line_token AS own JOIN identity.line_person AS lp USING (line_id)
                  WHERE own.number = t.number AND own.name = t.name AND lp.person_id = :person_id)
  AND NOT EXISTS (SELECT FROM identity.record_token AS own JOIN identity.record_person AS rp USING (record_id)
                  WHERE own.number = t.number AND own.name = t.name AND rp.person_id = :person_id);
