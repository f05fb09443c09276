-- The published lines of this submission, with whom they stand for.
INSERT INTO line_in_hand (person_id, line_id, report_month, sex, birth_month, current_street, hire_date, leave_date, unit, left_now)
SELECT lp.person_id, l.line_id, l.report_month, l.sex, l.birth_month, l.current_street, l.hire_date, l.leave_date, u.unit,
       l.leave_date IS NOT NULL OR l.employment_status IS NOT DISTINCT FROM 'left' OR :kind = 'leavers' AS left_now
FROM ledger.roster_line AS l
JOIN identity.line_person AS lp ON lp.line_id = l.line_id
JOIN ledger.submission_unit AS u ON u.submission_id = :submission_id AND u.sheet = l.sheet
WHERE l.line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215
  AND lp.line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215
  AND l.report_month = :period AND l.employer_uscc = :employer_uscc AND l.disposition = 'published';
