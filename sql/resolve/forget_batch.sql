-- Only what is resolved anew; the lines of submissions that wait to be published stay.
DELETE FROM staging.line AS l
USING intake.submission AS s
WHERE s.submission_id = l.submission_id AND s.batch_id = :batch_id AND s.state = 'checked';
