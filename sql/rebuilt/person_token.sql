-- Whom a number with a name stands for: somebody for whom a line or record that bears both stands. Where several do (a person was
-- split, a registry holds doubles) any of them will do. Of numbers that a file has claimed which then was not published no line speaks:
-- they are left out.
WITH bearer AS MATERIALIZED (
    SELECT t.number, t.name, d.person_id FROM identity.line_token AS t JOIN decided AS d USING (line_id)
    WHERE t.number IS NOT NULL AND t.name IS NOT NULL
    UNION
    SELECT t.number, t.name, d.person_id FROM identity.record_token AS t JOIN decided AS d USING (record_id)
    WHERE t.number IS NOT NULL AND t.name IS NOT NULL
), rebuilt AS (
    SELECT DISTINCT ON (b.number, b.name) b.number, b.name, b.person_id, c.candidate_person_id
    FROM bearer AS b
    LEFT JOIN identity.person_token AS p ON p.number = b.number AND p.name = b.name AND p.person_id = b.person_id
    LEFT JOIN decided_case AS c ON c.person_id = b.person_id
    ORDER BY b.number, b.name, p.person_id IS NULL, b.person_id
), told AS (
    SELECT 'live' AS side, p.person_id AS person, (p.number, p.name, p.candidate_person_id)::text AS told
    FROM identity.person_token AS p
    WHERE EXISTS (SELECT FROM bearer AS b WHERE b.number = p.number AND b.name = p.name)
    UNION ALL
    SELECT 'rebuilt', r.person_id, (r.number, r.name, r.candidate_person_id)::text FROM rebuilt AS r
)
SELECT count(*) FILTER (WHERE side = 'live') AS live_rows, count(*) FILTER (WHERE side = 'rebuilt') AS rebuilt_rows,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'live'), 0)::text) AS live_hash,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'rebuilt'), 0)::text) AS rebuilt_hash
FROM told;
