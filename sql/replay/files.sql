-- What became of each file of a replay.
SELECT f.submission_id, f.replayed_as, s.employer_uscc AS employer, to_char(s.period, 'YYYY-MM') AS month, l.lines,
       CASE WHEN f.batch_no IS NULL THEN 'cannot be replayed'
            WHEN n.outcome = 'published' AND f.persons_changed = 0 THEN 'unchanged'
            WHEN n.outcome IS NOT NULL THEN n.outcome
            WHEN f.replayed_as IS NULL AND b.closed_at IS NOT NULL THEN 'cannot be replayed'
            ELSE 'waiting' END AS result,
       n.reason_code AS reason, f.persons_changed
FROM intake.replay_file AS f
JOIN intake.submission AS s USING (submission_id)
JOIN ledger.submission AS l USING (submission_id)
LEFT JOIN intake.submission AS n ON n.submission_id = f.replayed_as
LEFT JOIN intake.batch AS b ON b.run_by = 'replay ' || f.replay_id || '/' || f.batch_no
WHERE f.replay_id = :replay_id
ORDER BY s.period, f.submission_id;
