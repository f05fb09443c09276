-- Whom the records stand for, and those of whose records a newer version is another's.
INSERT INTO affected (person_id)
SELECT person_id FROM incoming
UNION
SELECT p.person_id FROM incoming AS i JOIN identity.record_person AS p ON p.record_id = i.replaces;
