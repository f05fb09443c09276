-- Whether two of those asked for have a key in common.
SELECT EXISTS (
    SELECT FROM asked_token AS a CROSS JOIN LATERAL unnest(a.tokens) AS t(token)
    WHERE t.token & 15 = ANY (CAST(:kinds AS integer[]))
    GROUP BY t.token HAVING count(*) > 1);
