-- What is left is a new person: one an employer for lines that say just the same.
WITH left_over AS (
    SELECT l.line_id, coalesce(t.alike, l.line_id) AS person_id
    FROM staging.line AS l LEFT JOIN tied AS t ON t.line_id = l.line_id
    WHERE l.batch_id = :batch_id AND l.disposition = 'accepted' AND l.person_id IS NULL
)
UPDATE staging.line AS l
SET person_id = o.person_id, rule = 'number_lost'
FROM left_over AS o
WHERE l.line_id = o.line_id;
