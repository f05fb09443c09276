-- every line, record and number stands for a person who is there
SELECT p.person_id
FROM (SELECT person_id FROM identity.line_person UNION SELECT person_id FROM identity.record_person
      UNION SELECT person_id FROM identity.person_token) AS p
LEFT JOIN identity.person AS known USING (person_id)
WHERE (CAST(:batch_id AS bigint) IS NULL OR p.person_id = ANY (ARRAY(SELECT person_id FROM touched_person)))
  AND known.person_id IS NULL;
