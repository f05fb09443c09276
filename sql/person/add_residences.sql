INSERT INTO warehouse.fact_residence (person_id, record_id, street, valid_from, valid_to, known_from)
SELECT p.person_id, r.record_id, r.street, r.valid_from, r.valid_to, now()
FROM reassigned AS moved
JOIN ledger.residence AS r USING (record_id)
JOIN identity.record_person AS p USING (record_id)
WHERE p.current;
