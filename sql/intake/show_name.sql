UPDATE intake.submission SET file_name = :file_name WHERE submission_id = :submission_id;
