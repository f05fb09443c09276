-- What was told of the lines of a submission when it was checked.
SELECT sheet, row_no, field, rule, severity
FROM quality.finding
WHERE submission_id = :submission_id AND row_no IS NOT NULL;
