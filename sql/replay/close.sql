UPDATE intake.replay SET closed_at = coalesce(closed_at, now()) WHERE replay_id = :replay_id;
