-- So many files whose bytes were sealed when they came, others each time: of a batch its own, else any and the registry's extracts.
SELECT source_id, file_sha256 FROM (
    SELECT submission_id AS source_id, file_sha256 FROM intake.submission
    WHERE octet_length(file_sha256) > 0 AND (CAST(:batch_id AS bigint) IS NULL OR batch_id = :batch_id)
    UNION ALL
    SELECT load_id, file_sha256 FROM ledger.registry_load WHERE CAST(:batch_id AS bigint) IS NULL) AS source
ORDER BY random() LIMIT :wanted;
