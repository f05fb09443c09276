-- A telephone number in common.
SELECT l.no AS line, p.who FROM residual AS l JOIN people AS p ON l.phone = p.phone
