-- The staging table does not survive a crash of the server (it is unlogged): what was lost there is resolved again.
UPDATE intake.submission AS s SET state = 'checked'
WHERE s.batch_id = :batch_id AND s.state = 'resolved'
  AND NOT EXISTS (SELECT FROM staging.line AS l WHERE l.submission_id = s.submission_id);
