-- every person on a roster or in the registry is in dim_person
SELECT p.person_id
FROM (SELECT person_id FROM identity.line_person UNION SELECT person_id FROM identity.record_person) AS p
LEFT JOIN warehouse.dim_person AS d USING (person_id)
WHERE d.person_id IS NULL;
