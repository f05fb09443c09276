-- The edges, the surest first; among equals by the ids of their profiles.
SELECT e.a, e.b FROM edge AS e JOIN profile AS a ON a.no = e.a JOIN profile AS b ON b.no = e.b
ORDER BY e.weight DESC, least(a.id, b.id), greatest(a.id, b.id), e.a, e.b
