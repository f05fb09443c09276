-- Persons as believed now; `derived_person` is rebuilt for everybody whom a standing line or a record speaks of.
WITH row AS (
    SELECT 'live' AS side, p.person_id, p.registry_record_id, p.candidate_person_id, p.sex, p.sex_line_id, p.birth_month, p.birth_line_id
    FROM warehouse.dim_person AS p WHERE p.known_to = 'infinity'
    UNION ALL
    SELECT 'rebuilt', d.person_id, d.registry_record_id, d.candidate_person_id, d.sex, d.sex_line_id, d.birth_month, d.birth_line_id
    FROM derived_person AS d
), told AS (
    SELECT r.side, coalesce(l.label, -r.person_id) AS person,
           (r.registry_record_id, coalesce(c.label, -r.candidate_person_id), r.sex, r.sex_line_id, r.birth_month, r.birth_line_id)::text AS told
    FROM row AS r
    LEFT JOIN label AS l USING (person_id)
    LEFT JOIN label AS c ON c.person_id = r.candidate_person_id
)
SELECT count(*) FILTER (WHERE side = 'live') AS live_rows, count(*) FILTER (WHERE side = 'rebuilt') AS rebuilt_rows,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'live'), 0)::text) AS live_hash,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'rebuilt'), 0)::text) AS rebuilt_hash
FROM told;
