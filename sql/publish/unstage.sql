DELETE FROM staging.line WHERE submission_id = :submission_id;
