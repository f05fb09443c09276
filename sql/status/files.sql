-- Files and their rows by outcome; what was published and then undone by itself.
WITH told AS (
    SELECT s.*, CASE WHEN s.outcome = 'published' AND t.submission_id IS NULL THEN 'undone' ELSE coalesce(s.outcome, 'in progress') END AS became
    FROM intake.submission AS s LEFT JOIN ledger.standing_submission AS t USING (submission_id)
)
SELECT became AS outcome, count(*) AS files, sum(rows_read) AS read, sum(rows_published) AS published,
       sum(rows_quarantined) AS quarantined, sum(rows_repeated) AS repeated, sum(rows_held) AS held, sum(rows_refused) AS refused,
       sum(rows_set_aside) AS set_aside
FROM told
GROUP BY 1
ORDER BY array_position(ARRAY['published', 'undone', 'held', 'refused', 'unreadable', 'repeated', 'in progress'], became);
