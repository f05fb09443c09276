INSERT INTO intake.sheet (submission_id, position, name, role, reason, header_row, rows_read, lines, set_aside, columns, unit)
VALUES (:submission_id, :position, :name, :role, :reason, :header_row, :rows_read, :lines,
        CAST(:set_aside AS jsonb), CAST(:columns AS jsonb), :unit);
