-- Every line of the persons in `whole` on a roster that was not undone.
INSERT INTO told_line (person_id, line_id, month, sex, birth_month, street)
SELECT w.person_id, l.line_id, s.period,
       CASE WHEN e.submission_id IS NOT NULL THEN l.sex END,
       CASE WHEN e.submission_id IS NOT NULL THEN l.birth_month END,
       CASE WHEN e.submission_id IS NOT NULL THEN l.current_street END
FROM whole AS w
JOIN identity.line_person AS lp ON lp.person_id = w.person_id
JOIN ledger.standing_submission AS s ON s.submission_id = lp.submission_id
JOIN ledger.roster_line AS l
    ON l.line_id = lp.line_id AND l.report_month = s.period AND l.employer_uscc = s.employer_uscc
LEFT JOIN ledger.effective_sheet AS e ON e.submission_id = l.submission_id AND e.sheet = l.sheet;
