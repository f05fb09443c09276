INSERT INTO intake.replay_file (replay_id, submission_id, batch_no) VALUES (:replay_id, :submission_id, :batch_no);
