-- A run of review_held takes upon itself what nobody was asked about; tried again, it finds its own.
UPDATE intake.doubt AS d SET asked_by_run = :run_by
FROM intake.submission AS s
WHERE s.submission_id = d.submission_id AND s.outcome = 'held' AND s.reason_code = d.reason_code
  AND (d.asked_by_run IS NULL OR d.asked_by_run = :run_by)
  AND NOT EXISTS (SELECT FROM ledger.hold_decision AS h WHERE h.submission_id = d.submission_id)
RETURNING d.submission_id;
