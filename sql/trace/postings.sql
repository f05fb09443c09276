-- At which unit a person works and which agency sent him, and the row that says so.
SELECT f.employer_uscc AS employer, f.role, coalesce(f.party, '(itself)') AS party, f.valid_from, f.valid_to,
       f.line_id / 16777216 || '/' || l.sheet || '/' || l.row_no AS row, f.known_from, nullif(f.known_to, 'infinity') AS known_to
FROM warehouse.fact_posting AS f
JOIN ledger.submission AS s ON s.submission_id = f.line_id / 16777216
JOIN ledger.roster_line AS l ON l.report_month = s.period AND l.employer_uscc = s.employer_uscc AND l.line_id = f.line_id
WHERE f.person_id = :person_id
ORDER BY f.employer_uscc, f.role, f.valid_from, f.known_from;
