-- Line by line in the order of the file: who it is taken for.
SELECT line_id, person_id FROM staging.line WHERE line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215 ORDER BY line_id;
