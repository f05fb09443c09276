-- Units and agencies as believed now, of the employers that were rebuilt.
WITH row AS (
    SELECT 'live' AS side, f.person_id,
           (f.employer_uscc, f.role, f.party, f.told_from, f.valid_from, f.valid_to, f.line_id)::text AS told
    FROM warehouse.fact_posting AS f
    WHERE f.known_to = 'infinity' AND (CAST(:employers AS text[]) IS NULL OR f.employer_uscc = ANY (CAST(:employers AS text[])))
    UNION ALL
    SELECT 'rebuilt', f.person_id, (f.employer_uscc, f.role, f.party, f.told_from, f.valid_from, f.valid_to, f.line_id)::text
    FROM rebuilt_posting AS f
), told AS (
    SELECT r.side, coalesce(l.label, -r.person_id) AS person, r.told FROM row AS r LEFT JOIN label AS l USING (person_id)
)
SELECT count(*) FILTER (WHERE side = 'live') AS live_rows, count(*) FILTER (WHERE side = 'rebuilt') AS rebuilt_rows,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'live'), 0)::text) AS live_hash,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'rebuilt'), 0)::text) AS rebuilt_hash
FROM told;
