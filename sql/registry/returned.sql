-- Stale records that the extract names again.
INSERT INTO ledger.registry_presence (record_id, load_id, present)
SELECT DISTINCT s.record_id, CAST(:load_id AS bigint), true FROM named JOIN ledger.stale_record AS s USING (record_id);
