-- Lines whose telephone stands with more than one name, in the batch or in the base: an office's, or a family's. Forty of the base are
-- enough to tell.
WITH phone AS MATERIALIZED (
    SELECT l.phone FROM staging.line AS l
    WHERE l.batch_id = :batch_id AND l.phone IN (SELECT own.phone FROM asked_phone JOIN staging.line AS own USING (line_id))
    GROUP BY l.phone HAVING count(DISTINCT l.name) > 1
), known AS (
    SELECT a.token, l.name
    FROM asked_phone AS a JOIN staging.line AS l USING (line_id)
    UNION
    SELECT a.token, coalesce(t.name, r.name)
    FROM (SELECT DISTINCT token FROM asked_phone) AS a
    CROSS JOIN LATERAL (SELECT owner_id FROM identity.block_token WHERE tokens @> ARRAY[a.token] LIMIT 40) AS b
    LEFT JOIN identity.line_token AS t ON t.line_id = b.owner_id
    LEFT JOIN identity.record_token AS r ON r.record_id = b.owner_id
)
SELECT a.line_id
FROM asked_phone AS a JOIN staging.line AS l USING (line_id)
WHERE l.phone IN (SELECT phone FROM phone) OR a.token IN (SELECT token FROM known GROUP BY token HAVING count(DISTINCT name) > 1)
ORDER BY a.line_id;
