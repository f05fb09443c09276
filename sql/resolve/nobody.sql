-- What is left is a new person: one an employer, name and further evidence.
WITH left_over AS (
    SELECT line_id,
           min(line_id) OVER (PARTITION BY employer_uscc, name, coalesce(name_birth, phone, int8send(line_id))) AS person_id
    FROM staging.line
    WHERE batch_id = :batch_id AND disposition = 'accepted' AND person_id IS NULL
)
UPDATE staging.line AS l
SET person_id = o.person_id, rule = 'number_lost'
FROM left_over AS o
WHERE l.line_id = o.line_id;
