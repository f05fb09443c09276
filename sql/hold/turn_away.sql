-- A file that a rule of the whole file refuses: all its lines are refused ones.
UPDATE intake.submission
SET state = 'decided', outcome = 'refused', reason_code = :reason_code, rows_refused = rows_read - rows_set_aside, decided_at = now()
WHERE submission_id = :submission_id;
