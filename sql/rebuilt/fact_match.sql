-- Match states as believed now, against those that the rebuilt spells, registrations and streets give.
WITH row AS (
    SELECT 'live' AS side, m.person_id, (m.state, m.valid_from, m.valid_to, m.record_id)::text AS told
    FROM warehouse.fact_match AS m WHERE m.known_to = 'infinity'
    UNION ALL
    SELECT 'rebuilt', d.person_id, (d.state, d.valid_from, d.valid_to, d.record_id)::text FROM derived_match AS d
), told AS (
    SELECT r.side, coalesce(l.label, -r.person_id) AS person, r.told FROM row AS r LEFT JOIN label AS l USING (person_id)
)
SELECT count(*) FILTER (WHERE side = 'live') AS live_rows, count(*) FILTER (WHERE side = 'rebuilt') AS rebuilt_rows,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'live'), 0)::text) AS live_hash,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'rebuilt'), 0)::text) AS rebuilt_hash
FROM told;
