-- An earlier submission of the same bytes for the same employer and month that was published or is on its way. One that
-- another run has claimed and not yet read says the same if it was given the same facts. A kind that the publication has
-- settled since (from history, or of a correction) is that of the same words, or of the same lack of them.
SELECT min(e.submission_id)
FROM intake.submission AS e
JOIN intake.submission AS own ON own.submission_id = :submission_id
WHERE e.file_sha256 = own.file_sha256 AND e.submission_id < own.submission_id
  AND (e.employer_uscc = :employer_uscc AND e.period = :period AND (e.kind = :kind
                OR :kind_reason = 'history' AND e.kind_reason IN ('history', 'content')
                OR :kind = 'correction' AND e.kind_reason = :kind_reason)
           AND (e.outcome = 'published' AND EXISTS (SELECT FROM ledger.standing_submission AS t WHERE t.submission_id = e.submission_id) OR (e.outcome IS NULL AND e.state <> 'claimed'))
       OR e.state = 'claimed' AND (e.given_employer, e.given_period, e.given_kind)
           IS NOT DISTINCT FROM (own.given_employer, own.given_period, own.given_kind));
