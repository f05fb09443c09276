-- The house of the household and the sound of the name.
SELECT l.no AS line, p.who FROM residual AS l JOIN people AS p
    ON l.h_place = p.h_place AND l.h_house = p.h_house AND l.sound = p.sound
WHERE NOT (l.valid AND p.valid) OR p.who >= 0
