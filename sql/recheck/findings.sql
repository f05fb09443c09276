-- What was told of the lines of a submission when it was checked, and of the file as a whole (without a row).
SELECT sheet, row_no, field, rule, severity
FROM quality.finding
WHERE submission_id = :submission_id;
