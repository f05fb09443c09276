-- A number with a name that only lines and records bear that were moved finds whom they stand for now.
UPDATE identity.person_token AS t SET person_id = m.person_id
FROM (
    SELECT DISTINCT ON (number, name, was_person_id) number, name, was_person_id, person_id
    FROM (SELECT own.number, own.name, r.was_person_id, r.person_id, r.line_id AS id
          FROM reassigned AS r JOIN identity.line_token AS own USING (line_id)
          UNION ALL
          SELECT own.number, own.name, r.was_person_id, r.person_id, r.record_id
          FROM reassigned AS r JOIN identity.record_token AS own USING (record_id)) AS borne
    WHERE person_id <> was_person_id
    ORDER BY number, name, was_person_id, id) AS m
WHERE t.number = m.number AND t.name = m.name AND t.person_id = m.was_person_id
  AND NOT EXISTS (SELECT FROM identity.line_token AS own JOIN identity.line_person AS lp USING (line_id)
                  WHERE own.number = t.number AND own.name = t.name AND lp.person_id = m.was_person_id)
  AND NOT EXISTS (SELECT FROM identity.record_token AS own JOIN identity.record_person AS rp USING (record_id)
                  WHERE own.number = t.number AND own.name = t.name AND rp.person_id = m.was_person_id);
