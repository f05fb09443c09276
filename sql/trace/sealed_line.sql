-- The sealed values of a line and the key that opens them; no key where its person was erased.
SELECT l.line_id, l.key_no, l.sealed, k.wrapped
FROM ledger.submission AS s
JOIN ledger.roster_line AS l ON l.report_month = s.period AND l.employer_uscc = s.employer_uscc AND l.line_id = :line_id
LEFT JOIN identity.person_key AS k USING (key_no)
WHERE s.submission_id = CAST(:line_id AS bigint) / 16777216;
