-- Area and birth date of the number (14 digits): what is wrong lies in the last four, or they are lost.
SELECT l.no AS line, p.who FROM residual AS l JOIN people AS p
    ON left(coalesce(l.digits, l.head), 14) = left(coalesce(p.digits, p.head), 14)
WHERE length(coalesce(l.digits, l.head)) >= 14 AND length(coalesce(p.digits, p.head)) >= 14 AND NOT (l.valid AND p.valid)
