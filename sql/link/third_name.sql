-- Pairs under one number of whom one has no whole name, while that number stands under a third name, too: whose row it is, nobody knows.
CREATE TABLE third_name AS
SELECT DISTINCT n.line, n.who
FROM number_pair AS n JOIN profile AS l ON l.no = n.line JOIN people AS p ON p.who = n.who JOIN number_name AS q ON q.digits = l.digits
WHERE n.names IN ('unreadable', 'missing', 'part') AND l.digits IN (SELECT digits FROM disputed)
    AND NOT spoken_same(l.name, l.sound, l.turned, q.name, q.sound, q.turned)
    AND NOT spoken_same(p.name, p.sound, p.turned, q.name, q.sound, q.turned)
