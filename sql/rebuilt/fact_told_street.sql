-- Streets as rosters tell them, as believed now.
WITH row AS (
    SELECT 'live' AS side, s.person_id, (s.street, s.valid_from, s.valid_to, s.line_id)::text AS told
    FROM warehouse.fact_told_street AS s WHERE s.known_to = 'infinity'
    UNION ALL
    SELECT 'rebuilt', d.person_id, (d.street, d.valid_from, d.valid_to, d.line_id)::text FROM derived_street AS d
), told AS (
    SELECT r.side, coalesce(l.label, -r.person_id) AS person, r.told FROM row AS r LEFT JOIN label AS l USING (person_id)
)
SELECT count(*) FILTER (WHERE side = 'live') AS live_rows, count(*) FILTER (WHERE side = 'rebuilt') AS rebuilt_rows,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'live'), 0)::text) AS live_hash,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'rebuilt'), 0)::text) AS rebuilt_hash
FROM told;
