-- How common each name in a pair is among everybody; what few people say of it is drawn towards the usual.
CREATE OR REPLACE TABLE name_frequency AS
SELECT name, (count(*) + $weight * $usual) / ((SELECT count(*) FROM people WHERE name IS NOT NULL) + $weight) AS tf_name
FROM people WHERE name IN (SELECT name FROM compared) GROUP BY name
