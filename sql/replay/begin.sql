INSERT INTO intake.replay (first_month, last_month, employer_uscc, reason, asked_by)
VALUES (:first_month, :last_month, :employer_uscc, :reason, :asked_by)
RETURNING replay_id;
