-- A fault of ours, not of the file: its lines are held, whatever stage they had come to.
UPDATE intake.submission
SET state = 'decided', outcome = 'held', reason_code = :reason_code, fault = :fault, employer_uscc = coalesce(employer_uscc, given_employer),
    period = coalesce(period, given_period), kind = coalesce(kind, given_kind), rows_held = rows_read - rows_set_aside,
    rows_published = 0, rows_quarantined = 0, rows_repeated = 0, decided_at = now()
WHERE submission_id = :submission_id AND outcome IS NULL;
