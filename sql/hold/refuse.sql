-- A held file that was refused: its lines are refused ones, and its receipt is written again. Done twice it is the same.
UPDATE intake.submission
SET outcome = 'refused', state = 'decided', rows_refused = rows_refused + rows_held, rows_held = 0, decided_at = now()
WHERE submission_id = :submission_id
RETURNING batch_id;
