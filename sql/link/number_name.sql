-- The readable names under each number that a profile has not plainly with one record.
CREATE TABLE number_name AS
SELECT DISTINCT digits, name, sound, turned
FROM (
    SELECT p.digits, p.name, p.sound, p.turned FROM number_met AS m JOIN people AS p ON p.who = m.who WHERE NOT m.plain
    UNION ALL
    SELECT digits, name, sound, turned FROM profile WHERE no IN (SELECT line FROM number_met WHERE NOT plain))
WHERE name IS NOT NULL AND NOT contains(name, '?')
