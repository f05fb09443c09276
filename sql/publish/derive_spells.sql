-- The spells of the affected persons at one employer, as a function of the ledger alone.
--
-- Lines are read in order of month. A hire date later than the ones before opens a new spell where the person had left
-- or was last named before it. A spell ends by its leave date; by a status without a date, or by absence from a later
-- full roster, within an interval whose latest day is taken. Absence ends nothing where a line of that roster that was
-- quarantined, is in review or has lost its number could be the person (architecture, rule 4).
CREATE TEMPORARY TABLE derived_spell ON COMMIT DROP AS
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
           min(leave_date) OVER before AS left_before,
           max(month_end) OVER before AS named_before
    FROM line
    WINDOW before AS (PARTITION BY person_id ORDER BY period, hire_date NULLS FIRST, line_id
                      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), numbered AS (
    SELECT *,
           count(*) FILTER (WHERE hire_date > hire_before AND (hire_date >= left_before OR hire_date > named_before))
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
), bounded AS (
    SELECT s.*,
           coalesce(hire_date, first_month) AS valid_from,
           lead(coalesce(hire_date, first_month)) OVER (PARTITION BY person_id ORDER BY spell_no) AS hired_again
    FROM spell AS s
), doubtful_line AS (
    -- Lines of full rosters that could be somebody who seems to be missing.
    SELECT e.submission_id, t.number, t.name, t.phone, l.hire_date, lp.candidate_person_id
    FROM effective AS e
    JOIN ledger.roster_line AS l
        ON l.submission_id = e.submission_id AND l.report_month = e.period AND l.employer_uscc = :employer_uscc
    JOIN identity.line_token AS t ON t.line_id = l.line_id
    LEFT JOIN identity.line_person AS lp ON lp.line_id = l.line_id
    WHERE e.kind = 'full'
      AND (l.disposition = 'quarantined' OR lp.candidate_person_id IS NOT NULL OR lp.rule = 'number_lost')
), absent AS (
    -- The first later full roster that does not name the person and holds no line that could be the person.
    SELECT b.person_id, b.spell_no, min(e.month_end) AS absent_by
    FROM bounded AS b
    JOIN identity.line_token AS own ON own.line_id = b.last_line_id
    JOIN effective AS e ON e.kind = 'full' AND e.month_end > b.last_named
    WHERE b.leave_date IS NULL AND b.left_by IS NULL AND (b.hired_again IS NULL OR e.month_end < b.hired_again)
      AND NOT EXISTS (
            SELECT FROM doubtful_line AS d
            WHERE d.submission_id = e.submission_id
              AND (d.candidate_person_id = b.person_id
                   OR (coalesce(d.name = own.name, true) AND coalesce(d.number = own.number, true)
                       AND coalesce(d.hire_date = b.hire_date, true)
                       AND (d.name IS NOT NULL OR coalesce(d.phone = own.phone, true)))))
    GROUP BY b.person_id, b.spell_no
), ended AS (
    SELECT b.person_id, b.valid_from, b.hire_date, b.first_line_id, b.last_line_id, b.hired_again, b.last_active, b.first_month,
           CASE WHEN b.leave_date IS NOT NULL THEN b.leave_date
                WHEN b.left_by IS NOT NULL THEN b.left_by
                ELSE a.absent_by END AS ended_on,
           CASE WHEN b.leave_date IS NOT NULL THEN 'leave_date'
                WHEN b.left_by IS NOT NULL THEN 'status_left'
                WHEN a.absent_by IS NOT NULL THEN 'absent_from_full' END AS evidence
    FROM bounded AS b LEFT JOIN absent AS a USING (person_id, spell_no)
), cut AS (
    SELECT *,
           coalesce(ended_on > hired_again, hired_again IS NOT NULL) AS overtaken
    FROM ended
)
SELECT person_id,
       least(valid_from, CASE WHEN overtaken THEN hired_again ELSE ended_on END) AS valid_from,
       coalesce(CASE WHEN overtaken THEN hired_again ELSE ended_on END, 'infinity'::date) AS valid_to,
       CASE WHEN overtaken OR evidence IN ('status_left', 'absent_from_full')
            THEN least(greatest(coalesce(last_active + 1, first_month), valid_from),
                       CASE WHEN overtaken THEN hired_again ELSE ended_on END) END AS leave_earliest,
       CASE WHEN hire_date IS NULL THEN 'first_named' ELSE 'hire_date' END AS start_evidence,
       CASE WHEN overtaken THEN 'hired_again' ELSE evidence END AS leave_evidence,
       first_line_id, last_line_id
FROM cut;
