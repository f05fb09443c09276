-- Profiles that are one person for certain. Two with a record each are told by their records alone.
CREATE TABLE edge AS
SELECT * FROM (
    SELECT -1 - n.who AS a, n.line AS b, 1000.0 AS weight FROM number_certain AS n WHERE n.who < 0 AND n.line > -1 - n.who
    UNION ALL
    SELECT -1 - c.who_l, -1 - c.who_r, c.weight FROM certain AS c WHERE c.who_r < 0)
WHERE NOT (a IN (SELECT line FROM anchored) AND b IN (SELECT line FROM anchored))
