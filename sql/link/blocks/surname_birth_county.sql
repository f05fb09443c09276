-- Surname, birth date and county: a given name that is another.
SELECT l.no AS line, p.who FROM residual AS l JOIN people AS p
    ON left(l.name, 1) = left(p.name, 1) AND l.birth = p.birth AND l.h_county = p.h_county
WHERE NOT (l.valid AND p.valid)
