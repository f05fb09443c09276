-- Everybody on a roster or in the registry.
CREATE TEMPORARY TABLE affected ON COMMIT DROP AS
SELECT person_id FROM identity.line_person UNION SELECT person_id FROM identity.record_person;
