-- Of the submissions that were made of one file, by replays or because its bytes were sent again while it was undone, the one that
-- counts, where it is another than this.
WITH RECURSIVE former AS (
    SELECT submission_id, replay_of FROM intake.submission WHERE submission_id = :submission_id
    UNION
    SELECT s.submission_id, s.replay_of FROM intake.submission AS s JOIN former AS f ON s.submission_id = f.replay_of
), family AS (
    SELECT submission_id FROM former
    UNION
    SELECT again.submission_id
    FROM intake.submission AS own
    JOIN intake.submission AS again
        ON again.file_sha256 = own.file_sha256 AND again.employer_uscc = own.employer_uscc AND again.period = own.period AND again.kind = own.kind
    WHERE own.submission_id = :submission_id
), descendant AS (
    SELECT submission_id FROM family
    UNION
    SELECT s.submission_id FROM intake.submission AS s JOIN descendant AS f ON s.replay_of = f.submission_id
)
SELECT min(submission_id) FROM descendant JOIN ledger.standing_submission USING (submission_id) WHERE submission_id <> :submission_id;
