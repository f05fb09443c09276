-- The number is known under another name.
WITH doubtful AS MATERIALIZED (
    SELECT i.record_id, (SELECT min(t.person_id) FROM identity.person_token AS t
                         WHERE t.number = i.number AND t.candidate_person_id IS NULL) AS candidate
    FROM incoming AS i WHERE i.person_id IS NULL AND i.number IS NOT NULL
)
UPDATE incoming AS i
SET person_id = i.record_id, candidate_person_id = d.candidate, rule = 'number_with_other_name'
FROM doubtful AS d
WHERE d.record_id = i.record_id AND d.candidate IS NOT NULL;
