-- every registry record stands for a person, and nothing speaks of a record that is not there
SELECT record_id
FROM ledger.registry_record AS r
FULL JOIN identity.record_person AS p USING (record_id)
WHERE r.record_id IS NULL OR p.record_id IS NULL
UNION
SELECT o.record_id
FROM (SELECT record_id FROM identity.record_token UNION ALL SELECT record_id FROM ledger.identity_decision WHERE record_id IS NOT NULL
      UNION ALL SELECT record_id FROM warehouse.fact_residence) AS o
WHERE NOT EXISTS (SELECT FROM ledger.registry_record AS r WHERE r.record_id = o.record_id);
