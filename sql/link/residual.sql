-- Profiles that no record has been found for.
CREATE TABLE residual AS
SELECT *, valid AND EXISTS (FROM number_pair AS n WHERE n.line = no AND n.who >= 0) AS conflict
FROM profile WHERE no NOT IN (SELECT line FROM by_number)
