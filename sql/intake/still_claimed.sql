-- The row is locked, so that two runs cannot read it both.
SELECT state FROM intake.submission WHERE submission_id = :submission_id FOR UPDATE;
