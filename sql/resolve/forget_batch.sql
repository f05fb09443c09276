-- Only what is resolved anew; the lines of submissions that wait to be published stay.
WITH anew AS (
    SELECT submission_id FROM intake.submission WHERE batch_id = :batch_id AND state = 'checked'
), token AS (
    DELETE FROM staging.block_token AS t
    USING anew WHERE t.owner_id BETWEEN anew.submission_id * 16777216 AND anew.submission_id * 16777216 + 16777215
)
DELETE FROM staging.line AS l USING anew WHERE l.submission_id = anew.submission_id AND l.batch_id = :batch_id;
