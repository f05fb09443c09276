-- In the transaction that publishes the new one.
INSERT INTO ledger.submission_decision (submission_id, verdict, reason, decided_by)
SELECT :replay_of, 'undone', concat_ws(': ', 'replayed as ' || CAST(:submission_id AS text), nullif(max(r.reason), '')),
       coalesce(max(r.asked_by), 'replay')
FROM intake.replay_file AS f JOIN intake.replay AS r USING (replay_id)
WHERE f.replayed_as = :submission_id;
