-- for each sheet of a published file, read = lines in the ledger + rows set aside
WITH line AS NOT MATERIALIZED (
    SELECT submission_id, sheet FROM ledger.roster_line WHERE CAST(:batch_id AS bigint) IS NULL
    UNION ALL SELECT submission_id, sheet FROM touched_line
)
SELECT h.submission_id, h.position
FROM intake.sheet AS h
JOIN ledger.submission AS s USING (submission_id)
LEFT JOIN (SELECT submission_id, sheet, count(*) AS lines FROM line GROUP BY 1, 2) AS w
    ON w.submission_id = h.submission_id AND w.sheet = h.position
WHERE (CAST(:batch_id AS bigint) IS NULL OR h.submission_id = ANY (ARRAY(SELECT submission_id FROM touched_submission)))
  AND (h.lines <> coalesce(w.lines, 0)
       OR h.rows_read <> h.lines + (SELECT coalesce(sum(value::integer), 0) FROM jsonb_each_text(h.set_aside)));
