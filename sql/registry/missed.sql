INSERT INTO ledger.registry_presence (record_id, load_id, present)
SELECT record_id, :load_id, false FROM stood WHERE NOT named;
