-- How common each name in a pair is among the people of the base, drawn towards the usual as in name_frequency.
CREATE OR REPLACE TABLE name_frequency AS
SELECT c.name, (coalesce(max(n.many), 0) + $weight * $usual) / ($people + $weight) AS tf_name
FROM (SELECT DISTINCT name FROM compared WHERE name IS NOT NULL) AS c LEFT JOIN around_told_name AS n ON n.name = c.name
GROUP BY c.name
