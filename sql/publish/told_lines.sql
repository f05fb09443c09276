-- What rosters that were not undone tell of the affected persons, from the whole ledger. Values count from effective
-- rosters only: of a full roster that was replaced no more is left than that the person was named.
CREATE TEMPORARY TABLE told_line ON COMMIT DROP AS
SELECT a.person_id, l.line_id, s.period AS month,
       CASE WHEN e.submission_id IS NOT NULL THEN l.sex END AS sex,
       CASE WHEN e.submission_id IS NOT NULL THEN l.birth_month END AS birth_month,
       CASE WHEN e.submission_id IS NOT NULL THEN l.current_street END AS street
FROM affected AS a
JOIN identity.line_person AS lp ON lp.person_id = a.person_id
JOIN ledger.standing_submission AS s ON s.submission_id = lp.submission_id
JOIN ledger.roster_line AS l
    ON l.line_id = lp.line_id AND l.report_month = s.period AND l.employer_uscc = s.employer_uscc
LEFT JOIN ledger.effective_sheet AS e ON e.submission_id = l.submission_id AND e.sheet = l.sheet;
