-- The number is known under another name.
WITH holder AS (
    SELECT number, min(person_id) AS person_id
    FROM identity.person_token WHERE candidate_person_id IS NULL GROUP BY number
)
UPDATE incoming AS i
SET person_id = i.record_id, candidate_person_id = h.person_id, rule = 'number_with_other_name'
FROM holder AS h
WHERE i.person_id IS NULL AND h.number = i.number;
