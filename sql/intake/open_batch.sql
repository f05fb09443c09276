INSERT INTO intake.batch (run_by) VALUES (:run_by) RETURNING batch_id;
