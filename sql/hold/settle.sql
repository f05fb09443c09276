-- A resolved file that is held for doubt: all its lines are.
UPDATE intake.submission
SET state = 'decided', outcome = 'held', reason_code = :reason_code, rows_held = rows_read - rows_set_aside, decided_at = now()
WHERE submission_id = :submission_id;
