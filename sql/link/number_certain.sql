-- A number with a name that agrees is the person. Where the name is cut short, or there is none, something else must agree that not
-- many share: relatives share a house, and seldom a phone. Who has that phone under the line's own name is rather him.
CREATE TABLE number_certain AS
WITH namesake AS (
    SELECT k.no AS line, r.no AS who FROM profile_key AS k JOIN record_key AS r ON r.phone = k.phone AND r.name = k.name
    WHERE k.no IN (SELECT line FROM number_pair WHERE names = 'part')),
told AS (
    SELECT n.* REPLACE (
        n.phone AND k.phone NOT IN (SELECT told FROM number_crowd) AS phone,
        n.household AND k.house NOT IN (SELECT told FROM number_crowd) AS household,
        n.current AND k.room NOT IN (SELECT told FROM number_crowd) AS current)
    FROM number_pair AS n JOIN profile_key AS k ON k.no = n.line ANTI JOIN third_name AS t ON t.line = n.line AND t.who = n.who
    WHERE n.names IN ('unreadable', 'missing', 'part'))
SELECT * FROM number_pair WHERE names IN ('same', 'sound')
UNION ALL
SELECT * FROM told AS n
WHERE names = 'unreadable' OR (names = 'missing' AND (phone OR household OR current))
    OR (names = 'part' AND phone AND NOT EXISTS (SELECT 1 FROM namesake AS s WHERE s.line = n.line AND s.who <> n.who))
