-- Pairs of what is left to the model with records, spread evenly and always the same.
CREATE OR REPLACE TABLE pair AS
WITH left_side AS (SELECT no, row_number() OVER (ORDER BY no) - 1 AS place FROM residual),
right_side AS (SELECT no, row_number() OVER (ORDER BY no) - 1 AS place FROM registry),
sizes AS (SELECT (SELECT count(*) FROM left_side) AS l, (SELECT count(*) FROM right_side) AS r)
SELECT DISTINCT -1 - l.no AS who_l, r.no AS who_r
FROM range($count) AS k(n), sizes, left_side AS l, right_side AS r
WHERE l.place = n % sizes.l AND r.place = (n * 7919 + n // sizes.l * 104729) % sizes.r
