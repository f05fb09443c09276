-- Persons as believed now; `derived_person` is rebuilt for everybody whom a standing line or a record speaks of.
WITH told AS (
    SELECT 'live' AS side, p.person_id AS person,
           (p.registry_record_id, p.candidate_person_id, p.sex, p.sex_line_id, p.birth_month, p.birth_line_id)::text AS told
    FROM warehouse.dim_person AS p WHERE p.known_to = 'infinity'
    UNION ALL
    SELECT 'rebuilt', d.person_id, (d.registry_record_id, d.candidate_person_id, d.sex, d.sex_line_id, d.birth_month, d.birth_line_id)::text
    FROM derived_person AS d
)
SELECT count(*) FILTER (WHERE side = 'live') AS live_rows, count(*) FILTER (WHERE side = 'rebuilt') AS rebuilt_rows,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'live'), 0)::text) AS live_hash,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'rebuilt'), 0)::text) AS rebuilt_hash
FROM told;
