-- The last twelve characters of the number: what is wrong lies in the area.
SELECT l.no AS line, p.who FROM residual AS l JOIN people AS p ON right(l.digits, 12) = right(p.digits, 12)
WHERE length(l.digits) >= 16 AND length(p.digits) >= 16 AND NOT (l.valid AND p.valid)
