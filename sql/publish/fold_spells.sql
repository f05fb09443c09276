-- Persons whose spells are kept on with: what was known of each and the one line of this submission, as `named_spells` would read
-- all their lines.
INSERT INTO named_spell
    (person_id, spell_no, first_month, last_named, last_active, hire_date, leave_date, left_by, newest_hire, newest_leave,
     unit, absent_by, first_line_id, last_line_id)
WITH known AS MATERIALIZED (
    SELECT s.*, l.line_id, l.hire_date AS hired, l.leave_date AS leaves, l.left_now, l.unit AS now_unit,
           s.spell_no = max(s.spell_no) OVER own AS is_newest,
           max(s.newest_hire) OVER own AS hire_before, max(s.newest_leave) OVER own AS left_before,
           max(s.last_named) OVER own AS month_before, max(s.last_active) OVER own AS active_before,
           max(s.left_by) OVER own AS left_by_before
    FROM warehouse.spell_state AS s
    JOIN line_in_hand AS l ON l.person_id = s.person_id
    JOIN affected AS a ON a.person_id = s.person_id
    WHERE s.employer_uscc = :employer_uscc AND a.folds
    WINDOW own AS (PARTITION BY s.person_id)
), was AS MATERIALIZED (
    SELECT *,
           (hired > hire_before
            AND (left_before >= hire_before AND hired >= left_before OR hired > (month_before + interval '1 month - 1 day')::date)
            OR NOT left_now
               AND (warehouse.has_left(left_by_before, active_before)
                    OR warehouse.has_left(left_before, active_before) AND coalesce(left_before >= hire_before, true))
               AND EXISTS (SELECT FROM covered AS c WHERE c.unit = '' AND c.period > month_before AND c.period < :period)) IS TRUE AS begins
    FROM known
)
SELECT person_id, spell_no, first_month, last_named, last_active, hire_date, leave_date, left_by, newest_hire, newest_leave,
       unit, absent_by, first_line_id, last_line_id
FROM was WHERE begins OR NOT is_newest
UNION ALL
SELECT person_id, spell_no, first_month, CAST(:period AS date), CASE WHEN left_now THEN last_active ELSE :period END,
       coalesce(hired, hire_date), coalesce(leaves, leave_date), CASE WHEN left_now AND leaves IS NULL THEN :period ELSE left_by END,
       greatest(newest_hire, hired), greatest(newest_leave, leaves),
       CASE WHEN :kind = 'full' AND now_unit <> '离职' THEN now_unit ELSE unit END, NULL, least(first_line_id, line_id), greatest(last_line_id, line_id)
FROM was WHERE is_newest AND NOT begins
UNION ALL
SELECT l.person_id, coalesce(w.spell_no + 1, 0), :period, :period, CASE WHEN NOT l.left_now THEN CAST(:period AS date) END,
       l.hire_date, l.leave_date, CASE WHEN l.left_now AND l.leave_date IS NULL THEN CAST(:period AS date) END, l.hire_date, l.leave_date,
       CASE WHEN :kind = 'full' AND l.unit <> '离职' THEN l.unit ELSE '' END, NULL, l.line_id, l.line_id
FROM line_in_hand AS l
JOIN affected AS a ON a.person_id = l.person_id
LEFT JOIN was AS w ON w.person_id = l.person_id AND w.is_newest
WHERE a.folds AND (w.person_id IS NULL OR w.begins);
