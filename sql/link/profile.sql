-- What the lines of one profile say; its id is the smallest of theirs, so that the order of rows decides nothing.
CREATE TABLE profile AS
SELECT line.* REPLACE (told.id AS id)
FROM line JOIN (SELECT profile, min(id) AS id FROM profile_of GROUP BY profile) AS told ON told.profile = line.no
