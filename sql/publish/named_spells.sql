-- The spells of the affected persons at one employer, as a function of the ledger alone: first as their lines name them.
--
-- Lines are read in order of month. A hire date later than the ones before opens a new spell where the person had left
-- since the newest hire told so far, or was last named before it; else it corrects that hire. A spell ends by its leave
-- date; by a status without a date, or by absence from a later full roster, within an interval whose latest day is
-- taken. Absence ends nothing where a line of that roster that was quarantined, is in review or has lost its number
-- could be the person (architecture, rule 4).
CREATE TEMPORARY TABLE named_spell ON COMMIT DROP AS
WITH effective AS (
    SELECT submission_id, period, kind, (period + interval '1 month - 1 day')::date AS month_end
    FROM ledger.effective_submission WHERE employer_uscc = :employer_uscc
), line AS (
    SELECT lp.person_id, l.line_id, e.period, e.month_end, l.hire_date, l.leave_date,
           CASE WHEN l.leave_date IS NOT NULL OR l.employment_status = 'left' OR e.kind = 'leavers' THEN true ELSE false END AS left_now
    FROM effective AS e
    JOIN ledger.roster_line AS l
        ON l.submission_id = e.submission_id AND l.report_month = e.period AND l.employer_uscc = :employer_uscc
    JOIN identity.line_person AS lp ON lp.line_id = l.line_id
    JOIN affected AS a ON a.person_id = lp.person_id
    WHERE l.disposition = 'published'
), looked_back AS (
    SELECT *,
           max(hire_date) OVER before AS hire_before,
           max(leave_date) OVER before AS left_before,
           max(month_end) OVER before AS named_before
    FROM line
    WINDOW before AS (PARTITION BY person_id ORDER BY period, hire_date NULLS FIRST, line_id
                      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), numbered AS (
    SELECT *,
           count(*) FILTER (WHERE hire_date > hire_before
                            -- a leave from before the newest hire belongs to a spell that is over
                            AND (left_before >= hire_before AND hire_date >= left_before OR hire_date > named_before))
               OVER (PARTITION BY person_id ORDER BY period, hire_date NULLS FIRST, line_id) AS spell_no
    FROM looked_back
), spell AS (
    SELECT person_id, spell_no,
           min(period) AS first_month,
           max(month_end) AS last_named,
           max(month_end) FILTER (WHERE NOT left_now) AS last_active,
           (array_agg(hire_date ORDER BY period DESC, line_id DESC) FILTER (WHERE hire_date IS NOT NULL))[1] AS hire_date,
           (array_agg(leave_date ORDER BY period DESC, line_id DESC) FILTER (WHERE leave_date IS NOT NULL))[1] AS leave_date,
           max(month_end) FILTER (WHERE left_now AND leave_date IS NULL) AS left_by,
           min(line_id) AS first_line_id,
           max(line_id) AS last_line_id
    FROM numbered GROUP BY person_id, spell_no
)
SELECT person_id, spell_no, first_month, last_named, last_active, hire_date, first_line_id, last_line_id,
       -- Who is named as active in a later month had not left.
       CASE WHEN last_active IS NULL OR leave_date >= date_trunc('month', last_active) THEN leave_date END AS leave_date,
       CASE WHEN last_active IS NULL OR left_by >= last_active THEN left_by END AS left_by,
       coalesce(hire_date, first_month) AS valid_from,
       lead(coalesce(hire_date, first_month)) OVER (PARTITION BY person_id ORDER BY spell_no) AS hired_again
FROM spell;
