-- Profiles that no record has been found for, and whether somebody of the registry has their number.
CREATE TABLE unfound AS
SELECT p.no, p.valid AND p.no IN (SELECT line FROM number_met WHERE who >= 0) AS conflict
FROM profile_key AS p ANTI JOIN by_number AS b ON b.line = p.no
