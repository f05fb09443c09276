-- Submissions of these months that count, with what reading asks of them; of a sample always the same ones.
SELECT s.submission_id, s.batch_id, s.file_name, s.file_name_sealed, s.file_sha256, s.file_bytes, s.received_at, s.given_employer, s.given_period,
       s.given_kind, t.employer_uscc, t.period, t.kind, s.kind_reason, s.state, s.outcome, s.reason_code, s.repeat_of, s.held_for, s.again_of, s.replay_of,
       s.rules_sha256
FROM ledger.standing_submission AS t JOIN intake.submission AS s USING (submission_id)
WHERE (CAST(:first_month AS date) IS NULL OR t.period >= :first_month)
  AND (CAST(:last_month AS date) IS NULL OR t.period <= :last_month)
  AND (CAST(:employer_uscc AS text) IS NULL OR t.employer_uscc = :employer_uscc)
ORDER BY CASE WHEN CAST(:sample AS bigint) IS NULL THEN '' ELSE md5(s.submission_id::text) END, s.submission_id
LIMIT CAST(:sample AS bigint);
