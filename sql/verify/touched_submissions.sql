-- The files of a batch, with employer and month of those that were published; none where the whole base is looked at.
CREATE TEMPORARY TABLE touched_submission ON COMMIT DROP AS
SELECT i.submission_id, s.employer_uscc, s.period
FROM intake.submission AS i
LEFT JOIN ledger.submission AS s USING (submission_id)
WHERE i.batch_id = :batch_id;
