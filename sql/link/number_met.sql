-- Who has the number of a profile. Plain: under one name, and no other record has it, so that nothing else need be looked at.
CREATE TABLE number_met AS
WITH met AS (
    SELECT l.no AS line, r.no AS who, coalesce(l.name = r.name, FALSE) AS named FROM profile_key AS l JOIN record_key AS r USING (number)
    UNION ALL
    SELECT l.no, -1 - p.no, coalesce(l.name = p.name, FALSE) FROM profile_key AS l JOIN profile_key AS p USING (number) WHERE p.no <> l.no)
SELECT line, who, named AND (who < 0 OR line NOT IN (SELECT line FROM met WHERE who >= 0 GROUP BY line HAVING count(*) > 1)) AS plain
FROM met
