-- Surname, birth date and county: a given name that is another.
CREATE OR REPLACE VIEW found AS
SELECT l.no AS line, p.who FROM residual_key AS l JOIN people_key AS p ON l.surname = p.surname AND l.birth = p.birth AND l.county = p.county
WHERE NOT (l.valid AND p.valid)
