-- Profiles at the ends of edges: the first of their record, and what their person may not differ in: the record, and the number
-- that it is known by, its record's before its own.
SELECT p.no AS profile, coalesce(s.first, p.no) AS first, s.record, CASE WHEN s.line IS NOT NULL THEN s.number WHEN p.valid THEN p.digits END AS number
FROM profile AS p LEFT JOIN anchored AS s ON s.line = p.no
WHERE p.no IN (SELECT a FROM edge UNION ALL SELECT b FROM edge)
ORDER BY p.no
