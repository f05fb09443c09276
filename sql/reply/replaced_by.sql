-- The full roster that has replaced a published one; null where something of that still counts, as of a unit of its own.
SELECT max(later.submission_id)
FROM ledger.submission AS s
JOIN ledger.standing_submission AS later USING (employer_uscc, period, kind)
WHERE s.submission_id = :submission_id AND s.kind = 'full' AND later.submission_id > s.submission_id
  AND NOT EXISTS (SELECT FROM ledger.effective_submission AS e WHERE e.submission_id = s.submission_id);
