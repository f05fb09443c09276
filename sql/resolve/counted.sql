-- How many of the base have a name, and how many stand in one house or room.
WITH asked AS MATERIALIZED (
    SELECT DISTINCT t.token FROM asked_token AS a CROSS JOIN LATERAL unnest(a.tokens) AS t(token)
    WHERE t.token & 15 = ANY (CAST(:kinds AS integer[]))
)
SELECT asked.token, (SELECT count(*) FROM identity.block_token WHERE tokens @> ARRAY[asked.token]) AS many
FROM asked ORDER BY asked.token;
