UPDATE intake.replay_file SET replayed_as = :replayed_as WHERE replay_id = :replay_id AND submission_id = :submission_id;
