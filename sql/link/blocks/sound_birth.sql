-- The sound of the name and the birth date.
CREATE OR REPLACE VIEW found AS
SELECT l.no AS line, p.who FROM residual_key AS l JOIN people_key AS p ON l.sound = p.sound AND l.birth = p.birth
WHERE NOT (l.valid AND p.valid)
