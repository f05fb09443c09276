-- Records and roster lines that share a key with one of these, of its kind no more than tell anybody. One look into the index a
-- token, so that the cost follows the batch and not the base.
WITH kind AS (
    SELECT * FROM unnest(CAST(:kinds AS integer[]), CAST(:mosts AS integer[])) AS kind(number, most)
), asked AS MATERIALIZED (
    SELECT DISTINCT t.token FROM asked_token AS a CROSS JOIN LATERAL unnest(a.tokens) AS t(token)
), found AS (
    SELECT b.owner_id, count(*) OVER (PARTITION BY asked.token) AS many, kind.most
    FROM asked
    JOIN kind ON kind.number = asked.token & 15
    CROSS JOIN LATERAL (SELECT owner_id FROM identity.block_token WHERE tokens @> ARRAY[asked.token] OFFSET 0) AS b
)
INSERT INTO candidate_owner (owner_id)
SELECT DISTINCT owner_id FROM found WHERE many <= most;
