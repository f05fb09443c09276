UPDATE intake.submission AS s
SET state = 'decided', outcome = 'published', decided_at = now(),
    rows_published = c.published, rows_quarantined = c.quarantined, rows_repeated = c.repeated
FROM (
    SELECT count(*) FILTER (WHERE disposition = 'published') AS published,
           count(*) FILTER (WHERE disposition = 'quarantined') AS quarantined,
           count(*) FILTER (WHERE disposition = 'repeated') AS repeated
    FROM ledger.roster_line
    WHERE submission_id = :submission_id AND report_month = :period AND employer_uscc = :employer_uscc) AS c
WHERE s.submission_id = :submission_id;
