-- every effective published line is in a spell of its person; an active one in a spell that reaches into its month, unless a line says otherwise
WITH looked_at AS NOT MATERIALIZED (
    SELECT line_id, submission_id, sheet, report_month, employer_uscc, hire_date, leave_date, employment_status
    FROM ledger.roster_line WHERE CAST(:batch_id AS bigint) IS NULL
    UNION ALL
    SELECT line_id, submission_id, sheet, report_month, employer_uscc, hire_date, leave_date, employment_status FROM touched_line
), line AS NOT MATERIALIZED (
    SELECT l.line_id, p.person_id, s.employer_uscc, s.period, (s.period + interval '1 month - 1 day')::date AS month_end,
           l.leave_date IS NULL AND l.employment_status IS DISTINCT FROM 'left' AND s.kind <> 'leavers' AS active
    -- by sheet: of a workbook one may be replaced and another still speak
    FROM ledger.effective_sheet AS s
    JOIN looked_at AS l ON l.submission_id = s.submission_id AND l.sheet = s.sheet AND l.report_month = s.period AND l.employer_uscc = s.employer_uscc
    JOIN identity.line_person AS p ON p.line_id = l.line_id
    WHERE CAST(:batch_id AS bigint) IS NULL OR s.submission_id = ANY (ARRAY(SELECT submission_id FROM touched_submission))
), uncovered AS MATERIALIZED (
    SELECT * FROM line AS l
    WHERE NOT EXISTS (
        SELECT FROM warehouse.fact_employment AS e
        WHERE e.person_id = l.person_id AND e.employer_uscc = l.employer_uscc AND e.known_to = 'infinity'
          AND (NOT l.active OR e.valid_from <= l.month_end AND e.valid_to >= l.period))
), said_otherwise AS MATERIALIZED (
    -- Hired after that month (a hire date that was corrected), or left before it, as a later report says: of any batch.
    SELECT u.line_id
    FROM uncovered AS u
    JOIN identity.line_person AS p ON p.person_id = u.person_id
    JOIN ledger.effective_sheet AS s ON s.submission_id = p.submission_id AND s.employer_uscc = u.employer_uscc
    JOIN ledger.roster_line AS o ON o.line_id = p.line_id AND o.sheet = s.sheet AND o.report_month = s.period AND o.employer_uscc = s.employer_uscc
    WHERE (CAST(:batch_id AS bigint) IS NULL OR p.person_id = ANY (ARRAY(SELECT person_id FROM uncovered)))
      AND (o.hire_date > u.month_end OR o.leave_date < u.period AND s.period >= u.period)
)
SELECT line_id FROM uncovered AS u
WHERE NOT (active
           AND line_id IN (SELECT line_id FROM said_otherwise)
           AND EXISTS (SELECT FROM warehouse.fact_employment AS e
                       WHERE e.person_id = u.person_id AND e.employer_uscc = u.employer_uscc AND e.known_to = 'infinity'));
