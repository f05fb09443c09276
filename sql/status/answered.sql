-- Files that came since a submission, those of them that have their receipts, and the lines of people that these hold.
SELECT count(*) AS files, count(*) FILTER (WHERE state = 'closed') AS answered,
       coalesce(sum(rows_published + rows_quarantined + rows_repeated + rows_held + rows_refused) FILTER (WHERE state = 'closed'), 0) AS lines
FROM intake.submission WHERE submission_id > :since;
