-- What the receipt of a submission did not ask about, because it was confirmed.
UPDATE quality.finding AS f SET confirmed = true
FROM unnest(CAST(:sheets AS smallint[]), CAST(:rows AS integer[]), CAST(:cols AS smallint[]), CAST(:rules AS text[]), CAST(:fields AS text[]))
    AS c(sheet, row_no, col_no, rule, field)
WHERE f.submission_id = :submission_id AND f.sheet = c.sheet AND f.row_no = c.row_no AND f.rule = c.rule
  AND (f.col_no, f.field) IS NOT DISTINCT FROM (c.col_no, c.field);
