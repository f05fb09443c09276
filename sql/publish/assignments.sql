-- Line by line in the order of the file: who it is taken for.
SELECT line_id, person_id FROM staging.line WHERE submission_id = :submission_id ORDER BY line_id;
