-- Submissions that count, with their rows as the ledger holds them.
WITH told AS (
    SELECT 'live' AS side, f.submission_id AS person,
           (f.employer_uscc, f.period, f.kind, f.rows_published, f.rows_quarantined, f.rows_repeated)::text AS told
    FROM warehouse.fact_submission AS f
    UNION ALL
    SELECT 'rebuilt', s.submission_id, (s.employer_uscc, s.period, s.kind, coalesce(w.published, 0), coalesce(w.quarantined, 0), coalesce(w.repeated, 0))::text
    FROM ledger.standing_submission AS s
    LEFT JOIN (SELECT submission_id, count(*) FILTER (WHERE disposition = 'published') AS published,
                      count(*) FILTER (WHERE disposition = 'quarantined') AS quarantined,
                      count(*) FILTER (WHERE disposition = 'repeated') AS repeated
               FROM ledger.roster_line GROUP BY 1) AS w USING (submission_id)
)
SELECT count(*) FILTER (WHERE side = 'live') AS live_rows, count(*) FILTER (WHERE side = 'rebuilt') AS rebuilt_rows,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'live'), 0)::text) AS live_hash,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'rebuilt'), 0)::text) AS rebuilt_hash
FROM told;
