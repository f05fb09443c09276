-- Persons; `derived_person` is rebuilt for everybody whom a standing line or a record speaks of.
WITH told AS (
    SELECT 'live' AS side, p.person_id AS person, (p.registry_record_id, p.match_state, p.candidate_person_id, p.sex, p.birth_month)::text AS told
    FROM warehouse.dim_person AS p
    UNION ALL
    SELECT 'rebuilt', d.person_id, (d.registry_record_id, d.match_state, d.candidate_person_id, d.sex, d.birth_month)::text
    FROM derived_person AS d
)
SELECT count(*) FILTER (WHERE side = 'live') AS live_rows, count(*) FILTER (WHERE side = 'rebuilt') AS rebuilt_rows,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'live'), 0)::text) AS live_hash,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'rebuilt'), 0)::text) AS rebuilt_hash
FROM told;
