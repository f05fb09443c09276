UPDATE intake.submission SET state = 'resolved' WHERE batch_id = :batch_id AND state = 'checked';
