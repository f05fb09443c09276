-- Batches that were begun and not finished, and whether somebody is at work on them: the session that holds the batch
-- (locks/try_batch), or a Dag run, whose tasks hold it one after another, for a day.
SELECT b.batch_id, b.opened_at::timestamp(0)::text AS opened_at, b.run_by, count(s.submission_id) AS files,
       b.run_by <> 'command line' AND b.opened_at > now() - interval '1 day' OR
       EXISTS (SELECT FROM pg_locks AS l
               WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND l.objid::bigint = b.batch_id
                 AND l.classid::bigint = hashtext('clearbase.batch')::bigint & 4294967295
                 AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS at_work
FROM intake.batch AS b
LEFT JOIN intake.submission AS s ON s.batch_id = b.batch_id AND s.state <> 'closed'
WHERE b.closed_at IS NULL AND (CAST(:batch_id AS bigint) IS NULL OR b.batch_id = :batch_id)
GROUP BY b.batch_id
ORDER BY b.batch_id;
