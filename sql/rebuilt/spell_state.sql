-- What the lines say of each spell, of the employers that were rebuilt.
WITH row AS (
    SELECT 'live' AS side, e.person_id,
           (e.employer_uscc, e.spell_no, e.first_month, e.last_named, e.last_active, e.hire_date, e.leave_date, e.left_by, e.newest_hire,
            e.newest_leave, e.unit, e.absent_by, e.first_line_id, e.last_line_id)::text AS told
    FROM warehouse.spell_state AS e
    WHERE CAST(:employers AS text[]) IS NULL OR e.employer_uscc = ANY (CAST(:employers AS text[]))
    UNION ALL
    SELECT 'rebuilt', e.person_id,
           (e.employer_uscc, e.spell_no, e.first_month, e.last_named, e.last_active, e.hire_date, e.leave_date, e.left_by, e.newest_hire,
            e.newest_leave, e.unit, e.absent_by, e.first_line_id, e.last_line_id)::text
    FROM rebuilt_state AS e
), told AS (
    SELECT r.side, coalesce(l.label, -r.person_id) AS person, r.told FROM row AS r LEFT JOIN label AS l USING (person_id)
)
SELECT count(*) FILTER (WHERE side = 'live') AS live_rows, count(*) FILTER (WHERE side = 'rebuilt') AS rebuilt_rows,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'live'), 0)::text) AS live_hash,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'rebuilt'), 0)::text) AS rebuilt_hash
FROM told;
