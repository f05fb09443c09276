-- The county of the household and the name.
CREATE OR REPLACE VIEW found AS
SELECT l.no AS line, p.who FROM residual_key AS l JOIN people_key AS p ON l.county = p.county AND l.name = p.name
WHERE NOT (l.valid AND p.valid)
