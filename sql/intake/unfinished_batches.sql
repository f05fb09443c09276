-- Batches that the command line began and did not finish, oldest first; only_claimed: nothing of it was read yet.
SELECT b.batch_id, NOT EXISTS (SELECT FROM intake.submission AS s WHERE s.batch_id = b.batch_id AND s.state <> 'claimed') AS only_claimed
FROM intake.batch AS b WHERE b.closed_at IS NULL AND b.run_by = 'command line' ORDER BY b.batch_id;
