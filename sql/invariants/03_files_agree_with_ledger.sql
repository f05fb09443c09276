-- what the intake says of a published file is what the ledger holds
SELECT i.submission_id
FROM intake.submission AS i
LEFT JOIN ledger.submission AS s USING (submission_id)
LEFT JOIN (SELECT submission_id, count(*) AS lines, count(*) FILTER (WHERE disposition = 'published') AS published
           FROM ledger.roster_line GROUP BY 1) AS w USING (submission_id)
WHERE (i.outcome = 'published') IS DISTINCT FROM (s.submission_id IS NOT NULL)
      AND NOT (i.outcome IS NULL AND s.submission_id IS NULL)
   OR i.outcome = 'published' AND (s.lines <> coalesce(w.lines, 0) OR i.rows_published <> coalesce(w.published, 0));
