-- The number that its employer knows a file by: that of the submission that was sent, whatever it was replayed as since.
WITH RECURSIVE chain AS (
    SELECT submission_id, replay_of FROM intake.submission WHERE submission_id = :submission_id
    UNION
    SELECT s.submission_id, s.replay_of FROM intake.submission AS s JOIN chain AS c ON s.submission_id = c.replay_of
)
SELECT min(submission_id) FROM chain;
