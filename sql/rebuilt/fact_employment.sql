-- Spells as believed now, of the employers that were rebuilt.
WITH row AS (
    SELECT 'live' AS side, e.person_id,
           (e.employer_uscc, e.valid_from, e.valid_to, e.leave_earliest, e.start_evidence, e.leave_evidence, e.first_line_id)::text AS told
    FROM warehouse.fact_employment AS e
    WHERE e.known_to = 'infinity' AND (CAST(:employers AS text[]) IS NULL OR e.employer_uscc = ANY (CAST(:employers AS text[])))
    UNION ALL
    SELECT 'rebuilt', e.person_id,
           (e.employer_uscc, e.valid_from, e.valid_to, e.leave_earliest, e.start_evidence, e.leave_evidence, e.first_line_id)::text
    FROM rebuilt_employment AS e
), told AS (
    SELECT r.side, coalesce(l.label, -r.person_id) AS person, r.told FROM row AS r LEFT JOIN label AS l USING (person_id)
)
SELECT count(*) FILTER (WHERE side = 'live') AS live_rows, count(*) FILTER (WHERE side = 'rebuilt') AS rebuilt_rows,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'live'), 0)::text) AS live_hash,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'rebuilt'), 0)::text) AS rebuilt_hash
FROM told;
