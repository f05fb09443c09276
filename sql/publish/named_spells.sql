-- The spells of affected persons at one employer, as a function of the ledger alone: first as their lines name them.
--
-- Lines are read in order of month. A hire date later than the ones before opens a new spell where the person had left
-- since the newest hire told so far, or was last named before it; else it corrects that hire. A new spell opens, too, where a line
-- names as active who was told to have left and whom the full rosters of a whole month between did not name, whatever hire date it
-- repeats; named again at once, it is the leave that is doubted. A correction speaks in place of the earlier lines of its month
-- about whom it names.
INSERT INTO named_spell
    (person_id, spell_no, first_month, last_named, last_active, hire_date, leave_date, left_by, newest_hire, newest_leave,
     unit, absent_by, first_line_id, last_line_id)
WITH effective AS (
    SELECT submission_id, sheet, unit, period, kind, (period + interval '1 month - 1 day')::date AS month_end
    FROM ledger.effective_sheet WHERE employer_uscc = :employer_uscc
), named AS (
    SELECT a.person_id, lp.line_id, lp.submission_id
    FROM affected AS a JOIN identity.line_person AS lp USING (person_id)
    WHERE NOT a.folds
), corrected AS (
    SELECT n.person_id, e.period, max(e.submission_id) AS submission_id
    FROM effective AS e JOIN named AS n USING (submission_id)
    WHERE e.kind = 'correction' GROUP BY n.person_id, e.period
), line AS (
    SELECT n.person_id, l.line_id, e.period, e.month_end, e.kind, e.unit, l.hire_date, l.leave_date,
           l.leave_date IS NOT NULL OR l.employment_status IS NOT DISTINCT FROM 'left' OR e.kind = 'leavers' AS left_now
    FROM named AS n
    JOIN ledger.submission AS s USING (submission_id)
    JOIN ledger.roster_line AS l
        ON l.line_id = n.line_id AND l.report_month = s.period AND l.employer_uscc = :employer_uscc
    JOIN effective AS e ON e.submission_id = n.submission_id AND e.sheet = l.sheet
    LEFT JOIN corrected AS c ON c.person_id = n.person_id AND c.period = e.period
    WHERE s.employer_uscc = :employer_uscc AND l.disposition = 'published'
      AND (c.submission_id IS NULL OR e.submission_id >= c.submission_id)
), looked_back AS (
    SELECT *,
           max(hire_date) OVER before AS hire_before,
           max(leave_date) OVER before AS left_before,
           max(month_end) OVER before AS named_before,
           max(period) OVER before AS month_before,
           max(period) FILTER (WHERE NOT left_now) OVER before AS active_before,
           max(period) FILTER (WHERE left_now AND leave_date IS NULL) OVER before AS left_by_before
    FROM line
    WINDOW before AS (PARTITION BY person_id ORDER BY period, hire_date NULLS FIRST, line_id
                      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), numbered AS (
    SELECT *,
           count(*) FILTER (WHERE hire_date > hire_before
                            -- a leave from before the newest hire belongs to a spell that is over
                            AND (left_before >= hire_before AND hire_date >= left_before OR hire_date > named_before)
                            OR NOT left_now
                               AND (warehouse.has_left(left_by_before, active_before)
                                    OR warehouse.has_left(left_before, active_before) AND coalesce(left_before >= hire_before, true))
                               AND EXISTS (SELECT FROM covered AS c
                                           WHERE c.unit = '' AND c.period > month_before AND c.period < numbered_from.period))
               OVER (PARTITION BY person_id ORDER BY period, hire_date NULLS FIRST, line_id)::integer AS spell_no
    FROM looked_back AS numbered_from
)
-- A sheet of leavers is of no unit: who is on it last is of the one before.
SELECT person_id, spell_no,
       min(period) AS first_month,
       max(period) AS last_named,
       max(period) FILTER (WHERE NOT left_now) AS last_active,
       (array_agg(hire_date ORDER BY period DESC, line_id DESC) FILTER (WHERE hire_date IS NOT NULL))[1] AS hire_date,
       (array_agg(leave_date ORDER BY period DESC, line_id DESC) FILTER (WHERE leave_date IS NOT NULL))[1] AS leave_date,
       max(period) FILTER (WHERE left_now AND leave_date IS NULL) AS left_by,
       max(hire_date) AS newest_hire,
       max(leave_date) AS newest_leave,
       coalesce((array_agg(unit ORDER BY period DESC, line_id DESC) FILTER (WHERE kind = 'full' AND unit <> '离职'))[1], '') AS unit,
       NULL::date AS absent_by,
       min(line_id) AS first_line_id,
       max(line_id) AS last_line_id
FROM numbered GROUP BY person_id, spell_no;
