INSERT INTO warehouse.fact_residence (person_id, record_id, street, valid_from, valid_to, known_from)
SELECT i.person_id, r.record_id, r.street, r.valid_from, r.valid_to, now()
FROM incoming AS i JOIN ledger.residence AS r USING (record_id);
