-- The county of the household and the name.
SELECT l.no AS line, p.who FROM residual AS l JOIN people AS p ON l.h_county = p.h_county AND l.name = p.name
WHERE NOT (l.valid AND p.valid)
