SELECT count(*) AS rows, md5(coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text) AS hash
FROM (SELECT submission_id, employer_uscc, period, kind, rows_read, rows_published, rows_quarantined, rows_repeated
      FROM warehouse.fact_submission) AS t;
