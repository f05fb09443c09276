-- A replayed file that takes nobody's place: its former self stays as it was.
UPDATE intake.submission
SET state = 'decided', outcome = 'refused', reason_code = :reason_code, rows_refused = rows_read - rows_set_aside, decided_at = now()
WHERE submission_id = :submission_id;
