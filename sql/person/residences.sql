-- The records that were moved are of another person from now on: in one statement and by its own time, as spells of employment
-- (publish/spells).
WITH moved AS MATERIALIZED (
    SELECT f.record_id, r.person_id
    FROM reassigned AS r JOIN warehouse.fact_residence AS f USING (record_id)
    WHERE f.known_to = 'infinity' AND f.person_id <> r.person_id
), closed AS (
    UPDATE warehouse.fact_residence AS f SET known_to = statement_timestamp()
    FROM moved WHERE moved.record_id = f.record_id AND f.known_to = 'infinity'
)
INSERT INTO warehouse.fact_residence (person_id, record_id, street, valid_from, valid_to, known_from)
SELECT moved.person_id, r.record_id, r.street, r.valid_from, r.valid_to, statement_timestamp()
FROM moved JOIN ledger.residence AS r USING (record_id);
