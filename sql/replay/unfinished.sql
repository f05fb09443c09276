-- A replay of just these months and employers that was begun and has not come to its end.
SELECT max(replay_id) FROM intake.replay
WHERE first_month = :first_month AND last_month = :last_month AND closed_at IS NULL
  AND employer_uscc IS NOT DISTINCT FROM CAST(:employer_uscc AS text);
