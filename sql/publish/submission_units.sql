-- A sheet of leavers beside those of units is of none of them, and does not cover the employer.
INSERT INTO ledger.submission_unit (submission_id, sheet, unit)
SELECT h.submission_id, h.position,
       CASE WHEN h.unit = ''
             AND EXISTS (SELECT FROM intake.sheet AS o WHERE o.submission_id = h.submission_id AND o.lines > 0 AND o.unit <> '')
             AND NOT EXISTS (SELECT FROM ledger.roster_line AS l
                             WHERE l.line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215 AND l.report_month = :period AND l.employer_uscc = :employer_uscc
                               AND l.sheet = h.position AND l.leave_date IS NULL AND l.employment_status IS DISTINCT FROM 'left')
            THEN '离职' ELSE h.unit END
FROM intake.sheet AS h
WHERE h.submission_id = :submission_id AND h.lines > 0;
