-- A second number in a cell is the other's first.
CREATE OR REPLACE VIEW found AS
SELECT l.no AS line, p.who FROM residual_key AS l JOIN people_key AS p ON l.phone_2 = p.phone
WHERE NOT (l.valid AND p.valid) OR p.who >= 0
UNION ALL
SELECT l.no, p.who FROM residual_key AS l JOIN people_key AS p ON l.phone = p.phone_2
WHERE NOT (l.valid AND p.valid) OR p.who >= 0
