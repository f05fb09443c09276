-- What has to be resolved again: the staging table does not survive a crash of the server (it is unlogged), and people
-- may have merged or split persons since.
UPDATE intake.submission AS s SET state = 'checked'
WHERE s.batch_id = :batch_id AND s.state = 'resolved'
  AND (s.resolved_after IS DISTINCT FROM ledger.newest_regrouping()
       OR NOT EXISTS (SELECT FROM staging.line AS l WHERE l.line_id BETWEEN s.submission_id * 16777216 AND s.submission_id * 16777216 + 16777215));
