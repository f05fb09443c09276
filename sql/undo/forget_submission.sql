DELETE FROM warehouse.fact_submission WHERE submission_id = :submission_id;
