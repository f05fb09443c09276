-- The submission that answers a decided file's employer: the one that was taken again of an approved file, else itself.
SELECT submission_id, outcome, reason_code FROM intake.submission
WHERE submission_id = CASE WHEN :verdict = 'approved'
    THEN (SELECT max(s.submission_id) FROM intake.submission AS s JOIN intake.batch AS b USING (batch_id)
          WHERE s.again_of = :submission_id AND b.run_by = 'approval of ' || CAST(:submission_id AS text))
    ELSE :submission_id END;
