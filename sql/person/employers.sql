-- In the order of their codes, in which they are locked: of those whose rows move and of who is in review beside them.
SELECT DISTINCT s.employer_uscc
FROM identity.line_person AS lp JOIN ledger.submission AS s USING (submission_id)
WHERE lp.person_id = ANY (ARRAY(
    SELECT unnest(CAST(:ids AS bigint[])) UNION SELECT person_id FROM reassigned UNION SELECT was_person_id FROM reassigned
    UNION SELECT person_id FROM identity.review_case WHERE candidate_person_id = ANY (CAST(:ids AS bigint[]))))
ORDER BY s.employer_uscc;
