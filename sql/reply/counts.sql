SELECT rows_read AS read, rows_published AS published, rows_quarantined AS quarantined, rows_repeated AS repeated,
       rows_held AS held, rows_refused AS refused, rows_set_aside AS set_aside
FROM intake.submission WHERE submission_id = :submission_id;
