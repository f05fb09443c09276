SELECT position, name AS sheet, role, reason, header_row, rows_read AS read, lines, unit FROM intake.sheet
WHERE submission_id = :submission_id ORDER BY position;
