-- every registry record stands for a person
SELECT r.record_id FROM ledger.registry_record AS r LEFT JOIN identity.record_person AS p USING (record_id)
WHERE p.record_id IS NULL;
