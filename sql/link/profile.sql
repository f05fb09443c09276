-- What the lines of one profile say; its id is the smallest of theirs, so that the order of rows decides nothing.
CREATE TABLE profile AS
SELECT line.* REPLACE (coalesce(told.id, line.id) AS id)
FROM line JOIN profile_of AS f ON f.no = line.no AND f.profile = line.no
LEFT JOIN (
    SELECT profile, min(line.id) AS id FROM profile_of JOIN line USING (no) WHERE many > 1 GROUP BY profile) AS told ON told.profile = line.no
