-- How much a batch has touched.
SELECT (SELECT count(DISTINCT employer_uscc) FROM touched_submission) AS employers, (SELECT count(*) FROM touched_person) AS persons;
