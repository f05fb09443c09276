-- Of whom an employer has confirmed which warning, in files that count.
SELECT DISTINCT p.person_id, c.token
FROM quality.confirmation AS c
JOIN ledger.standing_submission AS s ON s.submission_id = c.submission_id
JOIN identity.line_person AS p ON p.line_id = c.line_id
WHERE c.employer_uscc = :employer_uscc;
