-- The house of the household and the birth date: whatever the name.
CREATE OR REPLACE VIEW found AS
SELECT l.no AS line, p.who FROM residual_key AS l JOIN people_key AS p ON l.house = p.house AND l.birth = p.birth
WHERE NOT (l.valid AND p.valid)
