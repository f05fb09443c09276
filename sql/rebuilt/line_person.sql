-- Who each line stands for.
WITH told AS (
    SELECT 'live' AS side, p.line_id AS person, (p.person_id, p.candidate_person_id)::text AS told FROM identity.line_person AS p
    UNION ALL
    SELECT 'rebuilt', d.line_id, (d.person_id, d.candidate_person_id)::text FROM decided AS d WHERE d.line_id IS NOT NULL
)
SELECT count(*) FILTER (WHERE side = 'live') AS live_rows, count(*) FILTER (WHERE side = 'rebuilt') AS rebuilt_rows,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'live'), 0)::text) AS live_hash,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'rebuilt'), 0)::text) AS rebuilt_hash
FROM told;
