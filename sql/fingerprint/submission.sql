SELECT count(*) AS rows, md5(coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text) AS hash
FROM (SELECT submission_id, file_name, file_sha256, employer_uscc, period, kind, state, outcome, reason_code, repeat_of, rows_read,
             rows_published, rows_quarantined, rows_repeated, rows_held, rows_refused, rows_set_aside
      FROM intake.submission) AS t;
