-- A newer version of a record stands for the same person.
UPDATE incoming AS i
SET replaces = p.record_id, person_id = p.person_id, rule = 'same_record'
FROM identity.record_token AS t JOIN identity.record_person AS p USING (record_id)
WHERE t.registry_no = i.registry_no AND p.current;
