-- Every row that stands for a person, in the order of the ledger.
SELECT p.submission_id::text || '/' || l.sheet || '/' || l.row_no AS row, i.file_name AS file, s.employer_uscc AS employer,
       to_char(s.period, 'YYYY-MM') AS month, s.kind, p.rule, t.submission_id IS NOT NULL AS counts
FROM identity.line_person AS p
JOIN ledger.submission AS s USING (submission_id)
JOIN ledger.roster_line AS l ON l.report_month = s.period AND l.employer_uscc = s.employer_uscc AND l.line_id = p.line_id
JOIN intake.submission AS i ON i.submission_id = s.submission_id
LEFT JOIN ledger.effective_sheet AS t ON t.submission_id = s.submission_id AND t.sheet = l.sheet
WHERE p.person_id = :person_id
ORDER BY p.line_id;
