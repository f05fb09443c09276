INSERT INTO ledger.registry_load
    (load_id, file_name, file_sha256, rows_read, rows_loaded, rows_known, rows_quarantined, rows_set_aside)
VALUES (:load_id, :file_name, :file_sha256, :rows_read, :rows_loaded, :rows_known, :rows_quarantined, :rows_set_aside);
