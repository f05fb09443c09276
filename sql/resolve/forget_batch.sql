DELETE FROM staging.line WHERE batch_id = :batch_id;
