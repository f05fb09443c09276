-- The extract and row that told a registry record.
SELECT g.load_id AS extract, g.file_name AS file, g.kind, r.row_no AS row, g.recorded_at::timestamp(0) AS loaded_at
FROM ledger.registry_record AS r JOIN ledger.registry_load AS g USING (load_id)
WHERE r.record_id = :record_id;
