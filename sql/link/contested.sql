-- Residual profiles whose best record is certain, while somebody whom people hold apart from him is no less likely; and those whose
-- number both bear.
CREATE TABLE contested AS
SELECT b.line
FROM choice AS b JOIN record AS r ON r.no = b.who JOIN apart AS a ON a.person = r.person
JOIN record AS d ON d.person = a.other JOIN choice AS o ON o.line = b.line AND o.who = d.no
WHERE b.place = 1 AND b.certain AND o.weight > b.weight - $stands_out
UNION
SELECT line FROM number_contested
