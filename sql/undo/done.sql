-- The newest decision about a submission with what it changed, where it is this verdict of just this one (a Dag's run).
SELECT s.employer_uscc, s.period, s.kind, s.lines, (e.detail ->> 'persons')::integer AS persons,
       (e.detail ->> 'ended')::integer AS ended, (e.detail ->> 'begun')::integer AS begun, e.detail -> 'headcounts' AS headcounts,
       (e.detail ->> 'otherwise')::integer AS otherwise, e.detail -> 'states' AS states
FROM (SELECT verdict, decided_by FROM ledger.submission_decision
      WHERE submission_id = :submission_id ORDER BY decision_id DESC LIMIT 1) AS d
JOIN ledger.submission AS s ON s.submission_id = :submission_id
JOIN LATERAL (SELECT detail FROM audit.event
              WHERE action = :verdict AND subject = 'submission ' || CAST(:submission_id AS text) AND detail ->> 'decided_by' = :decided_by
              ORDER BY event_id DESC LIMIT 1) AS e ON true
WHERE d.verdict = :verdict AND d.decided_by = :decided_by;
