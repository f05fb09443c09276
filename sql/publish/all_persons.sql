-- For verify: everybody whom an employer has named.
CREATE TEMPORARY TABLE affected ON COMMIT DROP AS
SELECT DISTINCT lp.person_id, false AS folds
FROM identity.line_person AS lp
JOIN ledger.submission AS s USING (submission_id)
WHERE s.employer_uscc = :employer_uscc;
