-- Lines of full rosters that could be somebody who seems to be missing.
CREATE TEMPORARY TABLE doubtful_line ON COMMIT DROP AS
SELECT e.submission_id, t.number, t.name, t.phone, l.hire_date, lp.candidate_person_id
FROM ledger.effective_submission AS e
JOIN ledger.roster_line AS l
    ON l.submission_id = e.submission_id AND l.report_month = e.period AND l.employer_uscc = :employer_uscc
JOIN identity.line_token AS t ON t.line_id = l.line_id
LEFT JOIN identity.line_person AS lp ON lp.line_id = l.line_id
WHERE e.employer_uscc = :employer_uscc AND e.kind = 'full'
  AND (l.disposition = 'quarantined' OR lp.candidate_person_id IS NOT NULL OR lp.rule = 'number_lost');
