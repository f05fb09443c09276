-- One row of a file in the ledger, and who it stands for.
SELECT l.line_id, h.name AS sheet, l.row_no AS row, l.disposition, l.number_state AS number, l.hire_date, l.leave_date,
       l.employment_status AS status, p.person_id AS person, p.candidate_person_id AS may_be, p.rule
FROM ledger.submission AS s
JOIN ledger.roster_line AS l
    ON l.submission_id = s.submission_id AND l.report_month = s.period AND l.employer_uscc = s.employer_uscc
JOIN intake.sheet AS h ON h.submission_id = l.submission_id AND h.position = l.sheet
LEFT JOIN identity.line_person AS p ON p.line_id = l.line_id
WHERE s.submission_id = :submission_id AND l.sheet = :sheet AND l.row_no = :row;
