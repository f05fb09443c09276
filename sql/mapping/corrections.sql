-- What holds of every employer's corrected headers.
SELECT DISTINCT ON (employer_uscc, header) employer_uscc, header, field
FROM intake.column_correction
ORDER BY employer_uscc, header, correction_id DESC;
