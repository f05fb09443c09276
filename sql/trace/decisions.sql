-- What was decided of a submission, or of the held file that it was taken again of.
WITH RECURSIVE chain AS (
    SELECT submission_id, again_of FROM intake.submission WHERE submission_id = :submission_id
    UNION
    SELECT s.submission_id, s.again_of FROM intake.submission AS s JOIN chain AS c ON s.submission_id = c.again_of
), decision AS (
    SELECT submission_id, verdict, reason, decided_by, recorded_at FROM ledger.submission_decision
    WHERE submission_id = :submission_id
    UNION ALL
    SELECT submission_id, verdict, reason, decided_by, recorded_at FROM ledger.hold_decision JOIN chain USING (submission_id)
)
SELECT submission_id AS submission, verdict, reason, decided_by, recorded_at::timestamp(0) AS recorded_at
FROM decision ORDER BY decision.recorded_at;
