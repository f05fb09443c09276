-- Whom the rule finds. Who says just what was said goes on as the newest that said it. Else the one person of whom that was said without
-- a number before; else the only one with the same birth date or a phone of his own. Nothing may be against it, nor may the file
-- speak of him in another line: of two such lines neither is joined.
WITH one AS (
    SELECT first, person, candidate, 1 AS rank FROM person_met WHERE repeated IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY first ORDER BY repeated DESC) = 1
    UNION ALL
    SELECT first, person, candidate, 2 FROM person_met WHERE said_before AND tells AND NOT against AND NOT beside
    QUALIFY count(*) OVER (PARTITION BY first) = 1
    UNION ALL
    SELECT first, person, candidate, 3
    FROM (FROM person_met WHERE agrees QUALIFY count(*) OVER (PARTITION BY first) = 1)
    WHERE tells AND NOT against AND NOT beside
), tied AS (
    FROM one QUALIFY rank = min(rank) OVER (PARTITION BY first)
), crowded AS (
    SELECT DISTINCT t.first
    FROM tied AS t JOIN alike AS a USING (first) JOIN alike AS b ON b.file = a.file AND b.first <> a.first
    JOIN tied AS o ON o.first = b.first AND o.person = t.person
    WHERE t.rank > 1)
SELECT a.line_id, a.first AS alike, t.person AS person_id, t.candidate AS candidate_person_id
FROM alike AS a LEFT JOIN (FROM tied WHERE first NOT IN (FROM crowded)) AS t USING (first)
ORDER BY a.line_id
