SELECT batch_id, closed_at, run_by FROM intake.batch WHERE batch_id = :batch_id;
