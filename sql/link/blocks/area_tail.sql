-- Area and last four characters: what is wrong lies in the birth date, or it is masked.
CREATE OR REPLACE VIEW found AS
SELECT l.no AS line, p.who FROM residual_key AS l JOIN people_key AS p ON l.area_tail = p.area_tail
WHERE NOT (l.valid AND p.valid)
