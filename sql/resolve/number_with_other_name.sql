-- Lines whose number is known under another name: one provisional person a number and name.
WITH holder AS (
    SELECT number, min(person_id) AS person_id
    FROM identity.person_token WHERE candidate_person_id IS NULL GROUP BY number
), doubtful AS (
    SELECT l.number, l.name, min(l.line_id) AS provisional, min(h.person_id) AS candidate
    FROM staging.line AS l JOIN holder AS h USING (number)
    WHERE l.batch_id = :batch_id AND l.disposition = 'accepted' AND l.person_id IS NULL AND l.name IS NOT NULL
    GROUP BY l.number, l.name
)
UPDATE staging.line AS l
SET person_id = d.provisional, candidate_person_id = d.candidate, rule = 'number_with_other_name'
FROM doubtful AS d
WHERE l.batch_id = :batch_id AND l.disposition = 'accepted' AND l.person_id IS NULL
  AND d.number = l.number AND d.name = l.name;
