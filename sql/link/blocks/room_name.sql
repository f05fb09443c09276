-- The room and the sound of the name.
SELECT l.no AS line, p.who FROM residual AS l JOIN people AS p
    ON l.c_place = p.c_place AND l.c_house = p.c_house AND l.sound = p.sound
WHERE NOT (l.valid AND p.valid) OR p.who >= 0
