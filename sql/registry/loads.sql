-- The newest extracts of the registry, and what each brought.
SELECT load_id AS extract, file_name AS "from", source, kind, rows_read AS read, rows_loaded AS loaded, rows_known AS known,
       rows_quarantined AS quarantined, records_stood AS stood, records_missed AS "not in it", records_returned AS "there again",
       recorded_at::timestamp(0) AS loaded_at
FROM ledger.registry_load ORDER BY load_id DESC LIMIT :shown;
