-- The last twelve characters of the number: what is wrong lies in the area.
CREATE OR REPLACE VIEW found AS
SELECT l.no AS line, p.who FROM residual_key AS l JOIN people_key AS p ON l.birth_tail = p.birth_tail
WHERE NOT (l.valid AND p.valid)
