-- Area and birth date of the number (14 digits): what is wrong lies in the last four, or they are lost.
CREATE OR REPLACE VIEW found AS
SELECT l.no AS line, p.who FROM residual_key AS l JOIN people_key AS p ON l.area_birth = p.area_birth
WHERE NOT (l.valid AND p.valid)
