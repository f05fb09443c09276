-- what the intake says of a published file (employer, month, kind, every count) is what the ledger holds
WITH line AS NOT MATERIALIZED (
    SELECT submission_id, disposition FROM ledger.roster_line WHERE CAST(:batch_id AS bigint) IS NULL
    UNION ALL SELECT submission_id, disposition FROM touched_line
)
SELECT i.submission_id
FROM intake.submission AS i
LEFT JOIN ledger.submission AS s USING (submission_id)
LEFT JOIN (SELECT submission_id, count(*) AS lines,
                  count(*) FILTER (WHERE disposition = 'published') AS published,
                  count(*) FILTER (WHERE disposition = 'quarantined') AS quarantined,
                  count(*) FILTER (WHERE disposition = 'repeated') AS repeated
           FROM line GROUP BY 1) AS w USING (submission_id)
WHERE (CAST(:batch_id AS bigint) IS NULL OR i.batch_id = :batch_id)
  AND ((i.outcome = 'published') IS DISTINCT FROM (s.submission_id IS NOT NULL)
           AND NOT (i.outcome IS NULL AND s.submission_id IS NULL)
       OR i.outcome = 'published'
           AND (s.lines, s.employer_uscc, s.period, s.kind, i.rows_published, i.rows_quarantined, i.rows_repeated)
               IS DISTINCT FROM (coalesce(w.lines, 0), i.employer_uscc, i.period, i.kind,
                                 coalesce(w.published, 0), coalesce(w.quarantined, 0), coalesce(w.repeated, 0)));
