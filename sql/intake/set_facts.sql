UPDATE intake.submission
SET employer_uscc = :employer_uscc, period = :period, kind = :kind, kind_reason = :kind_reason, state = :state,
    rows_read = :rows_read, rows_set_aside = :rows_set_aside
WHERE submission_id = :submission_id;
