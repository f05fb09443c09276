INSERT INTO ledger.registry_load
    (load_id, file_name, file_sha256, kind, source, rows_read, rows_loaded, rows_known, rows_quarantined, rows_set_aside,
     records_stood, records_missed, records_returned)
VALUES (:load_id, :file_name, :file_sha256, :kind, :source, :rows_read, :rows_loaded, :rows_known, :rows_quarantined, :rows_set_aside,
        :records_stood, :records_missed, :records_returned);
