-- Whether the file, or the one that it was taken again of, was looked at and approved when it was held for this reason.
WITH RECURSIVE chain AS (
    SELECT submission_id, again_of FROM intake.submission WHERE submission_id = :submission_id
    UNION
    SELECT s.submission_id, s.again_of FROM intake.submission AS s JOIN chain AS c ON s.submission_id = c.again_of
)
SELECT EXISTS (
    SELECT FROM chain
    JOIN ledger.hold_decision AS d USING (submission_id)
    JOIN intake.doubt AS b USING (submission_id)
    WHERE d.verdict = 'approved' AND b.reason_code = :reason_code);
