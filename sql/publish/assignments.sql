-- Who the lines are taken for, in the order of the file, and whether they are just as many from the first on.
SELECT count(*) AS lines, min(line_id) AS first, max(line_id) AS last, array_agg(person_id ORDER BY line_id) AS persons
FROM staging.line
WHERE line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215;
