-- Lines of full rosters that could be somebody who seems to be missing: quarantined, in review, their number lost.
INSERT INTO doubtful_line (period, doubted, number, name, phone, hire_date, candidate_person_id)
WITH effective AS MATERIALIZED (
    SELECT submission_id, sheet, period FROM ledger.effective_sheet
    WHERE employer_uscc = :employer_uscc AND kind = 'full' AND period >= :since
), doubtful AS MATERIALIZED (
    SELECT lp.line_id, lp.candidate_person_id, true AS doubted
    FROM (SELECT DISTINCT submission_id FROM effective) AS e
    JOIN identity.line_person AS lp ON lp.line_id BETWEEN e.submission_id * 16777216 AND e.submission_id * 16777216 + 16777215
    WHERE lp.candidate_person_id IS NOT NULL OR lp.rule = 'number_lost'
    UNION ALL
    SELECT l.line_id, NULL, false
    FROM (SELECT DISTINCT submission_id, period FROM effective) AS e
    JOIN ledger.roster_line AS l
        ON l.line_id BETWEEN e.submission_id * 16777216 AND e.submission_id * 16777216 + 16777215
       AND l.report_month = e.period AND l.employer_uscc = :employer_uscc
    WHERE l.disposition = 'quarantined' AND l.report_month >= :since
)
SELECT e.period, d.doubted, t.number, t.name, t.phone, l.hire_date, d.candidate_person_id
FROM doubtful AS d
JOIN identity.line_token AS t ON t.line_id = d.line_id
JOIN ledger.roster_line AS l ON l.line_id = d.line_id AND l.employer_uscc = :employer_uscc AND l.report_month >= :since
JOIN effective AS e ON e.submission_id = l.submission_id AND e.sheet = l.sheet AND e.period = l.report_month;
