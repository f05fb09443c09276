-- Of the submissions that were made of one file by replays, the one that counts, where it is another than this.
WITH RECURSIVE former AS (
    SELECT submission_id, replay_of FROM intake.submission WHERE submission_id = :submission_id
    UNION
    SELECT s.submission_id, s.replay_of FROM intake.submission AS s JOIN former AS f ON s.submission_id = f.replay_of
), family AS (
    SELECT submission_id FROM former
    UNION
    SELECT s.submission_id FROM intake.submission AS s JOIN family AS f ON s.replay_of = f.submission_id
)
SELECT min(submission_id) FROM family JOIN ledger.standing_submission USING (submission_id) WHERE submission_id <> :submission_id;
