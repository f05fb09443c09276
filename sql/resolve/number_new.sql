-- Numbers that nobody holds yet. The first name of a number in the ledger's order makes the person; others are doubtful.
WITH pair AS (
    SELECT number, name, min(line_id) AS first_line
    FROM staging.line
    WHERE batch_id = :batch_id AND disposition = 'accepted' AND person_id IS NULL AND number IS NOT NULL AND name IS NOT NULL
    GROUP BY number, name
), ranked AS (
    SELECT number, name, first_line, min(first_line) OVER (PARTITION BY number) AS holder FROM pair
)
UPDATE staging.line AS l
SET person_id = r.first_line,
    candidate_person_id = CASE WHEN r.first_line = r.holder THEN NULL ELSE r.holder END,
    rule = CASE WHEN r.first_line = r.holder THEN 'number_new' ELSE 'number_with_other_name' END
FROM ranked AS r
WHERE l.batch_id = :batch_id AND l.disposition = 'accepted' AND l.person_id IS NULL
  AND r.number = l.number AND r.name = l.name;
