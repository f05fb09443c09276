-- In the order of their codes, in which they are locked.
SELECT DISTINCT s.employer_uscc
FROM identity.line_person AS lp JOIN ledger.submission AS s USING (submission_id)
WHERE lp.person_id = ANY (CAST(:ids AS bigint[])) OR lp.candidate_person_id = ANY (CAST(:ids AS bigint[]))
ORDER BY s.employer_uscc;
