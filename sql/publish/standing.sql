-- What the judgement of a submission rests on: what the employer has sent and what was decided of it.
SELECT (SELECT count(*) FROM ledger.submission WHERE employer_uscc = :employer_uscc) AS submissions,
       (SELECT max(d.decision_id) FROM ledger.submission AS s JOIN ledger.submission_decision AS d USING (submission_id)
        WHERE s.employer_uscc = :employer_uscc) AS newest_decision;
