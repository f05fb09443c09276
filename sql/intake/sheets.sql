SELECT position, name, role, reason, header_row, columns, rows_read, lines, set_aside, unit
FROM intake.sheet WHERE submission_id = :submission_id ORDER BY position;
