-- The batches of a replay whose files have not all come to their end, in the order of their months.
SELECT f.batch_no, count(*) AS files
FROM intake.replay_file AS f
WHERE f.replay_id = :replay_id AND f.batch_no IS NOT NULL
  AND NOT EXISTS (SELECT FROM intake.batch AS b
                  WHERE b.run_by = 'replay ' || f.replay_id || '/' || f.batch_no AND b.closed_at IS NOT NULL)
GROUP BY f.batch_no ORDER BY f.batch_no;
