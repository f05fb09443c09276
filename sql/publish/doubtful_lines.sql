-- Lines of full rosters that could be somebody who seems to be missing: quarantined, in review, their number lost.
CREATE TEMPORARY TABLE doubtful_line ON COMMIT DROP AS
SELECT e.period, t.number, t.name, t.phone, l.hire_date, lp.candidate_person_id
FROM ledger.effective_sheet AS e
JOIN ledger.roster_line AS l
    ON l.submission_id = e.submission_id AND l.report_month = e.period AND l.employer_uscc = :employer_uscc AND l.sheet = e.sheet
JOIN identity.line_token AS t ON t.line_id = l.line_id
LEFT JOIN identity.line_person AS lp ON lp.line_id = l.line_id
WHERE e.employer_uscc = :employer_uscc AND e.kind = 'full'
  AND e.period >= :since AND l.report_month >= :since
  AND (l.disposition = 'quarantined' OR lp.candidate_person_id IS NOT NULL OR lp.rule = 'number_lost');
