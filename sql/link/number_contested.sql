-- Profiles whose number is for certain that of two whom people hold apart.
CREATE TABLE number_contested AS
SELECT DISTINCT n.line
FROM number_certain AS n JOIN record AS r ON r.no = n.who JOIN apart AS a ON a.person = r.person
JOIN record AS d ON d.person = a.other JOIN number_certain AS o ON o.line = n.line AND o.who = d.no
