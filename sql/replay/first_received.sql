-- When the first self of a replayed file came.
WITH RECURSIVE chain AS (
    SELECT submission_id, replay_of, received_at FROM intake.submission WHERE submission_id = :submission_id
    UNION ALL
    SELECT s.submission_id, s.replay_of, s.received_at FROM intake.submission AS s JOIN chain AS c ON s.submission_id = c.replay_of
)
SELECT received_at FROM chain WHERE replay_of IS NULL;
