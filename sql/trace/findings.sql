SELECT col_no AS col, field, rule, severity FROM quality.finding
WHERE submission_id = :submission_id AND sheet = :sheet AND row_no = :row ORDER BY col_no, rule;
