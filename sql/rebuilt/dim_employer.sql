-- Employers as believed now: the newest entry of each.
WITH told AS (
    SELECT 'live' AS side, 0::bigint AS person, (d.employer_uscc, d.name, d.street)::text AS told
    FROM warehouse.dim_employer AS d WHERE d.known_to = 'infinity'
    UNION ALL
    SELECT 'rebuilt', 0, (e.uscc, e.name, e.street)::text
    FROM (SELECT DISTINCT ON (uscc) uscc, name, street FROM ledger.employer ORDER BY uscc, entry_id DESC) AS e
)
SELECT count(*) FILTER (WHERE side = 'live') AS live_rows, count(*) FILTER (WHERE side = 'rebuilt') AS rebuilt_rows,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'live'), 0)::text) AS live_hash,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'rebuilt'), 0)::text) AS rebuilt_hash
FROM told;
