-- Whoever begins with this submission: a person's id is that of the first of the batch's lines that name it. Under the
-- lock of numbers, so that nobody else begins it meanwhile.
INSERT INTO identity.person (person_id)
SELECT DISTINCT l.person_id FROM staging.line AS l
WHERE l.line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215
  AND l.person_id IS NOT NULL AND l.rule <> 'number_and_name'
  -- One look into the index a line, so that the cost follows the file and not the base.
  AND (SELECT count(*) FROM identity.person AS p WHERE p.person_id = l.person_id) = 0;
