-- Whether a published replay tells its employer what the receipt of its former self has told: counts, kind, and every finding.
SELECT (n.kind, n.rows_published, n.rows_quarantined, n.rows_repeated) IS NOT DISTINCT FROM
       (o.kind, o.rows_published, o.rows_quarantined, o.rows_repeated)
   AND NOT EXISTS (SELECT sheet, row_no, col_no, field, rule, severity FROM quality.finding WHERE submission_id = n.submission_id
                   EXCEPT SELECT sheet, row_no, col_no, field, rule, severity FROM quality.finding WHERE submission_id = o.submission_id)
   AND NOT EXISTS (SELECT sheet, row_no, col_no, field, rule, severity FROM quality.finding WHERE submission_id = o.submission_id
                   EXCEPT SELECT sheet, row_no, col_no, field, rule, severity FROM quality.finding WHERE submission_id = n.submission_id)
FROM intake.submission AS n JOIN intake.submission AS o ON o.submission_id = n.replay_of
WHERE n.submission_id = :submission_id;
