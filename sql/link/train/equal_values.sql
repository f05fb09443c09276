-- How many pairs of what is left with records hold an equal value, whoever they are.
WITH told AS (
    SELECT 'l' AS side, name, sound, CASE WHEN NOT valid THEN birth END AS birth, phone,
        coalesce(h_county, '') || '/' || h_place || '/' || h_house AS household, c_place || '/' || c_house AS current FROM residual
    UNION ALL
    SELECT 'r', name, sound, birth, phone, coalesce(h_county, '') || '/' || h_place || '/' || h_house, c_place || '/' || c_house FROM registry),
counted AS (
    SELECT field, value, count(*) FILTER (side = 'l') AS l, count(*) FILTER (side = 'r') AS r
    FROM (UNPIVOT told ON name, sound, birth, phone, household, current INTO NAME field VALUE value) GROUP BY ALL)
SELECT field, sum(l * r)::BIGINT AS pairs FROM counted GROUP BY field
