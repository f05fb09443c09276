-- Residences as believed now: those of the current registry records, and of the former ones from which they moved.
WITH row AS (
    SELECT 'live' AS side, f.person_id, (f.record_id, f.street, f.valid_from, f.valid_to)::text AS told
    FROM warehouse.fact_residence AS f WHERE f.known_to = 'infinity'
    UNION ALL
    SELECT 'rebuilt', p.person_id, (r.record_id, r.street, r.valid_from, r.valid_to)::text
    FROM ledger.residence AS r JOIN identity.record_person AS p USING (record_id) WHERE p.current OR r.is_former
), told AS (
    SELECT r.side, coalesce(l.label, -r.person_id) AS person, r.told FROM row AS r LEFT JOIN label AS l USING (person_id)
)
SELECT count(*) FILTER (WHERE side = 'live') AS live_rows, count(*) FILTER (WHERE side = 'rebuilt') AS rebuilt_rows,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'live'), 0)::text) AS live_hash,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'rebuilt'), 0)::text) AS rebuilt_hash
FROM told;
