-- The readable names under disputed numbers: of each person's first profile, with those of its record.
WITH told AS (
    SELECT coalesce(s.first, p.no) AS first, p.digits, p.name FROM profile AS p LEFT JOIN anchored AS s ON s.line = p.no WHERE p.digits IN (SELECT digits FROM disputed)
    UNION ALL
    SELECT s.first, r.digits, r.name FROM anchored AS s JOIN record AS r ON r.no = s.who)
SELECT DISTINCT first, name FROM told SEMI JOIN disputed USING (digits, name)
