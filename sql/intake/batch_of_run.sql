SELECT batch_id FROM intake.batch WHERE run_by = :run_by;
