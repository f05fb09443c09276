-- The oldest batch of a Dag run that nobody has worked on for longer than its tries last, and that no gate has stopped.
SELECT b.batch_id
FROM intake.batch AS b
WHERE b.closed_at IS NULL AND b.run_by <> 'command line' AND b.opened_at < now() - interval '2 hours'
  AND NOT EXISTS (SELECT FROM quality.gate_run AS g WHERE g.batch_id = b.batch_id AND NOT g.passed)
  AND NOT EXISTS (SELECT FROM pg_locks AS l
                  WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND l.objid::bigint = b.batch_id
                    AND l.classid::bigint = hashtext('clearbase.batch')::bigint & 4294967295
                    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()))
ORDER BY b.batch_id LIMIT 1;
