-- The headers of every file of an employer that was read.
SELECT DISTINCT c ->> 'header' AS header
FROM intake.sheet AS s
JOIN intake.submission AS n USING (submission_id), jsonb_array_elements(s.columns::jsonb) AS c
WHERE n.employer_uscc = :employer_uscc;
