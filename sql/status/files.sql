-- Files and their rows by outcome.
SELECT coalesce(outcome, 'in progress') AS outcome, count(*) AS files, sum(rows_read) AS read, sum(rows_published) AS published,
       sum(rows_quarantined) AS quarantined, sum(rows_repeated) AS repeated, sum(rows_held) AS held, sum(rows_refused) AS refused,
       sum(rows_set_aside) AS set_aside
FROM intake.submission
GROUP BY 1
ORDER BY array_position(ARRAY['published', 'held', 'refused', 'unreadable', 'repeated', 'in progress'], coalesce(outcome, 'in progress'));
