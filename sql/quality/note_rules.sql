UPDATE intake.submission SET rules_sha256 = :rules_sha256 WHERE submission_id = :submission_id;
