-- Whoever begins with this submission: a person's id is that of the first of the batch's lines that name it. Under the
-- lock of numbers, so that nobody else begins it meanwhile. Each costs one look into the index (OFFSET 0), so that the cost
-- follows the file and not the base.
INSERT INTO identity.person (person_id)
SELECT s.person_id
FROM (SELECT DISTINCT person_id FROM staging.line
      WHERE line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215
        AND person_id IS NOT NULL AND rule <> 'number_and_name') AS s
WHERE NOT EXISTS (SELECT FROM identity.person AS p WHERE p.person_id = s.person_id LIMIT 1 OFFSET 0)
ORDER BY s.person_id;
