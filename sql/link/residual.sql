-- Profiles that no record has been found for.
CREATE TABLE residual AS
SELECT p.*, p.valid AND c.line IS NOT NULL AS conflict
FROM profile AS p
ANTI JOIN by_number AS b ON b.line = p.no
LEFT JOIN (SELECT DISTINCT line FROM number_pair WHERE who >= 0) AS c ON c.line = p.no
