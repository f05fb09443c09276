UPDATE intake.submission AS s
SET state = 'decided', outcome = 'published', decided_at = now(),
    rows_published = c.published, rows_quarantined = c.quarantined, rows_repeated = c.repeated
FROM (
    SELECT count(*) FILTER (WHERE disposition = 'published') AS published,
           count(*) FILTER (WHERE disposition = 'quarantined') AS quarantined,
           count(*) FILTER (WHERE disposition = 'repeated') AS repeated
    FROM ledger.roster_line
    WHERE line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215
      AND report_month = :period AND employer_uscc = :employer_uscc) AS c
WHERE s.submission_id = :submission_id;
