-- The outcome of a file that is not published.
UPDATE intake.submission
SET state = 'decided', outcome = :outcome, reason_code = :reason_code, repeat_of = :repeat_of, employer_uscc = :employer_uscc,
    period = :period, kind = :kind, kind_reason = :kind_reason, rows_read = :rows_read, rows_set_aside = :rows_set_aside, rows_held = :rows_held,
    rows_refused = :rows_refused, rows_repeated = :rows_repeated, decided_at = now()
WHERE submission_id = :submission_id;
