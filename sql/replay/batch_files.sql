-- What a batch of a replay takes again: what still counts of it, with what was given with each file.
SELECT s.submission_id, s.file_name_sealed, s.source_key, s.file_sha256, s.file_bytes, s.given_employer, s.employer_uscc, s.given_period,
       s.given_kind
FROM intake.replay_file AS f
JOIN intake.submission AS s USING (submission_id)
JOIN ledger.standing_submission AS t USING (submission_id)
WHERE f.replay_id = :replay_id AND f.batch_no = :batch_no
ORDER BY s.submission_id;
