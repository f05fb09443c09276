-- Submissions of a batch that have come as far as a state, in the order in which they are published: of a replay the
-- last of a month first, so that none speaks after a later one that has to stay as it was (decision 0014).
SELECT submission_id, batch_id, file_name, file_name_sealed, file_sha256, file_bytes, received_at, given_employer, given_period, given_kind,
       employer_uscc, period, kind, kind_reason, state, outcome, reason_code, repeat_of, held_for, again_of, replay_of
FROM intake.submission
WHERE batch_id = :batch_id AND state = :state
ORDER BY period NULLS FIRST, CASE WHEN replay_of IS NULL THEN submission_id ELSE -submission_id END;
