DELETE FROM quality.finding WHERE submission_id = :submission_id;
