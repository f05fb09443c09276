-- A run of review_held takes upon itself what nobody was asked about yet, or a day ago without a decision; tried again, it
-- finds its own.
UPDATE intake.doubt AS d SET asked_by_run = :run_by, asked_at = now()
FROM intake.submission AS s
WHERE s.submission_id = d.submission_id AND s.outcome = 'held' AND s.state = 'closed' AND s.reason_code = d.reason_code
  AND (d.asked_at IS NULL OR d.asked_by_run = :run_by OR d.asked_at < now() - interval '1 day')
  AND NOT EXISTS (SELECT FROM ledger.hold_decision AS h WHERE h.submission_id = d.submission_id)
RETURNING d.submission_id;
