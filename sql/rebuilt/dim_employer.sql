-- Employers as believed now: what the entries say of each, day by day.
WITH told AS (
    SELECT 'live' AS side, 0::bigint AS person, (d.employer_uscc, d.name, d.street, d.valid_from, d.valid_to)::text AS told
    FROM warehouse.dim_employer AS d WHERE d.known_to = 'infinity'
    UNION ALL
    SELECT 'rebuilt', 0, (v.uscc, v.name, v.street, v.valid_from, v.valid_to)::text FROM ledger.employer_version AS v
)
SELECT count(*) FILTER (WHERE side = 'live') AS live_rows, count(*) FILTER (WHERE side = 'rebuilt') AS rebuilt_rows,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'live'), 0)::text) AS live_hash,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'rebuilt'), 0)::text) AS rebuilt_hash
FROM told;
