SELECT batch_id FROM intake.submission WHERE submission_id = :submission_id;
