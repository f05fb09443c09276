-- whose place a full roster takes is an earlier full one of its employer and month, of the whole employer, and it is by units itself
SELECT t.submission_id, t.former_id
FROM ledger.takes_place AS t
JOIN ledger.submission AS later ON later.submission_id = t.submission_id
JOIN ledger.submission AS former ON former.submission_id = t.former_id
WHERE (CAST(:batch_id AS bigint) IS NULL OR t.submission_id = ANY (ARRAY(SELECT submission_id FROM touched_submission)))
  AND ((later.employer_uscc, later.period, later.kind) <> (former.employer_uscc, former.period, 'full') OR former.kind <> 'full'
       OR NOT EXISTS (SELECT FROM ledger.submission_unit AS u WHERE u.submission_id = t.former_id AND u.unit = '')
       OR (SELECT count(DISTINCT u.unit) FROM ledger.submission_unit AS u
           WHERE u.submission_id = t.submission_id AND u.unit NOT IN ('', '离职')) < 2);
