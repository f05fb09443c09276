-- Lines whose number is known under another name: one provisional person a number and name.
WITH pair AS (
    SELECT number, name, min(line_id) AS provisional
    FROM staging.line
    WHERE batch_id = :batch_id AND disposition = 'accepted' AND person_id IS NULL AND number IS NOT NULL AND name IS NOT NULL
    GROUP BY number, name
), doubtful AS MATERIALIZED (
    -- One look into the index a pair, so that the cost follows the batch and not the base.
    SELECT pair.*, (SELECT min(t.person_id) FROM identity.person_token AS t
                    WHERE t.number = pair.number AND t.candidate_person_id IS NULL) AS candidate
    FROM pair
)
UPDATE staging.line AS l
SET person_id = d.provisional, candidate_person_id = d.candidate, rule = 'number_with_other_name'
FROM doubtful AS d
WHERE l.batch_id = :batch_id AND l.disposition = 'accepted' AND l.person_id IS NULL
  AND d.candidate IS NOT NULL AND d.number = l.number AND d.name = l.name;
