-- How common each name in a pair is among persons: records, and the valid numbers of rows that no record was found for. What few
-- people say of it is drawn towards the usual.
CREATE OR REPLACE TABLE name_frequency AS
WITH person AS (
    SELECT name, count(*) AS many FROM registry WHERE name IS NOT NULL GROUP BY name
    UNION ALL
    SELECT name, count(DISTINCT digits) FROM residual WHERE valid AND name IS NOT NULL GROUP BY name)
SELECT c.name, (coalesce(sum(p.many), 0)::BIGINT + $weight * $usual) / ((SELECT coalesce(sum(many), 0)::BIGINT FROM person) + $weight) AS tf_name
FROM (SELECT DISTINCT name FROM compared WHERE name IS NOT NULL) AS c LEFT JOIN person AS p ON p.name = c.name
GROUP BY c.name
