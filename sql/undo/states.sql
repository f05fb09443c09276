-- Match states of today that a decision changes, of how many persons each, before and after.
WITH after AS MATERIALIZED (
    SELECT (SELECT m.state FROM warehouse.fact_match AS m
            WHERE m.person_id = b.person_id AND m.known_to = 'infinity' AND m.valid_to > current_date ORDER BY m.valid_from LIMIT 1) AS state
    FROM told_before AS b
)
SELECT state, count(*) FILTER (WHERE side = 'before') AS before, count(*) FILTER (WHERE side = 'after') AS after
FROM (SELECT 'before' AS side, state FROM told_before WHERE state IS NOT NULL UNION ALL SELECT 'after', state FROM after WHERE state IS NOT NULL) AS told
GROUP BY state
HAVING count(*) FILTER (WHERE side = 'before') <> count(*) FILTER (WHERE side = 'after')
ORDER BY state;
