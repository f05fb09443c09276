-- Area and last four characters: what is wrong lies in the birth date, or it is masked.
SELECT l.no AS line, p.who FROM residual AS l JOIN people AS p
    ON left(coalesce(l.digits, l.head), 6) || right(coalesce(l.digits, l.tail), 4)
        = left(coalesce(p.digits, p.head), 6) || right(coalesce(p.digits, p.tail), 4)
WHERE length(coalesce(l.digits, l.head)) >= 6 AND length(coalesce(l.digits, l.tail)) >= 4
    AND length(coalesce(p.digits, p.head)) >= 6 AND length(coalesce(p.digits, p.tail)) >= 4 AND NOT (l.valid AND p.valid)
