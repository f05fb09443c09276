-- A fault that came after the outcome was reached: told beside it.
UPDATE intake.submission SET fault = :fault WHERE submission_id = :submission_id;
