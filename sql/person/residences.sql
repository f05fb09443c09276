-- The records that were moved are of another person from now on: in one statement and by its own time, as spells of employment
-- (publish/spells).
WITH closed AS (
    UPDATE warehouse.fact_residence AS f SET known_to = statement_timestamp()
    FROM reassigned AS r WHERE r.record_id = f.record_id AND f.known_to = 'infinity'
)
INSERT INTO warehouse.fact_residence (person_id, record_id, street, valid_from, valid_to, known_from)
SELECT p.person_id, r.record_id, r.street, r.valid_from, r.valid_to, statement_timestamp()
FROM reassigned AS moved
JOIN ledger.residence AS r USING (record_id)
JOIN identity.record_person AS p USING (record_id)
WHERE p.current;
