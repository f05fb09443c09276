-- The house of the household and the birth date: whatever the name.
SELECT l.no AS line, p.who FROM residual AS l JOIN people AS p
    ON l.h_place = p.h_place AND l.h_house = p.h_house AND l.birth = p.birth
WHERE NOT (l.valid AND p.valid)
