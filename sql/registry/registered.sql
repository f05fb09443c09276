-- Of the persons whom candidates stand for those with a record in force, also one that this extract has just given them.
SELECT p.person_id FROM candidate_owner AS o JOIN identity.record_person AS p ON p.record_id = o.owner_id AND p.current
UNION
SELECT r.person_id
FROM candidate_owner AS o JOIN identity.line_person AS p ON p.line_id = o.owner_id
JOIN identity.record_person AS r ON r.person_id = p.person_id AND r.current
UNION
SELECT i.person_id FROM incoming AS i WHERE i.rule <> 'registry_new';
