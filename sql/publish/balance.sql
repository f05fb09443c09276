-- What was written against what was read, sheet by sheet; any row of the answer refuses the publication.
SELECT h.position, h.rows_read, h.lines, coalesce(w.lines, 0) AS written,
       (SELECT coalesce(sum(value::integer), 0) FROM jsonb_each_text(h.set_aside)) AS set_aside
FROM intake.sheet AS h
LEFT JOIN (
    SELECT sheet, count(*) AS lines
    FROM ledger.roster_line
    WHERE line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215
      AND report_month = :period AND employer_uscc = :employer_uscc
    GROUP BY sheet) AS w ON w.sheet = h.position
WHERE h.submission_id = :submission_id
  AND (h.lines <> coalesce(w.lines, 0)
       OR h.rows_read <> h.lines + (SELECT coalesce(sum(value::integer), 0) FROM jsonb_each_text(h.set_aside)));
