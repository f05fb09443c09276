-- Which records the extract names, whatever it says of them: by the registry's own number, or in the same words; where record or row
-- has no such number, by the identity number with the name, or by the name with the day of birth.
CREATE TEMPORARY TABLE named ON COMMIT DROP AS
SELECT t.record_id
FROM incoming AS i JOIN identity.record_token AS t ON t.registry_no = i.registry_no
JOIN identity.record_person AS p ON p.record_id = t.record_id AND p.current
UNION
SELECT t.record_id
FROM incoming AS i JOIN identity.record_token AS t ON t.content = i.content
JOIN identity.record_person AS p ON p.record_id = t.record_id AND p.current
UNION
SELECT t.record_id
FROM incoming AS i JOIN identity.record_token AS t ON t.number = i.number AND t.name = i.name
JOIN identity.record_person AS p ON p.record_id = t.record_id AND p.current
WHERE t.registry_no IS NULL OR i.registry_no IS NULL
UNION
SELECT t.record_id
FROM incoming AS i JOIN identity.record_token AS t ON t.name_birth = i.name_birth
JOIN identity.record_person AS p ON p.record_id = t.record_id AND p.current
WHERE t.registry_no IS NULL OR i.registry_no IS NULL;
