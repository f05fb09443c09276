-- The row is locked, so that two runs cannot publish it both.
SELECT state FROM intake.submission WHERE submission_id = :submission_id FOR UPDATE;
