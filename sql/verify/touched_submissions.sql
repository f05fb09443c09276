-- The files that were touched, those of a batch or those that name somebody, with employer and month of those that were published;
-- none where the whole base is looked at.
CREATE TEMPORARY TABLE touched_submission ON COMMIT DROP AS
SELECT i.submission_id, s.employer_uscc, s.period
FROM (SELECT submission_id FROM intake.submission WHERE batch_id = :batch_id
      UNION
      SELECT submission_id FROM identity.line_person WHERE person_id = ANY (CAST(:persons AS bigint[]))) AS i
LEFT JOIN ledger.submission AS s USING (submission_id);
