-- Residences as believed now: those of the current registry records.
WITH told AS (
    SELECT 'live' AS side, f.record_id AS person, (f.person_id, f.street, f.valid_from, f.valid_to)::text AS told
    FROM warehouse.fact_residence AS f WHERE f.known_to = 'infinity'
    UNION ALL
    SELECT 'rebuilt', r.record_id, (p.person_id, r.street, r.valid_from, r.valid_to)::text
    FROM ledger.residence AS r JOIN identity.record_person AS p USING (record_id) WHERE p.current
)
SELECT count(*) FILTER (WHERE side = 'live') AS live_rows, count(*) FILTER (WHERE side = 'rebuilt') AS rebuilt_rows,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'live'), 0)::text) AS live_hash,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'rebuilt'), 0)::text) AS rebuilt_hash
FROM told;
