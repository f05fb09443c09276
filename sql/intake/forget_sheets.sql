DELETE FROM intake.sheet WHERE submission_id = :submission_id;
