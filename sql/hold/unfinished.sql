-- Batches that a decision has opened, or whose refused file has no new receipt, and that were not taken to their end; those that
-- the gate has stopped left out.
SELECT b.batch_id
FROM intake.batch AS b
WHERE (b.closed_at IS NULL AND b.run_by LIKE 'approval of %'
       OR EXISTS (SELECT FROM ledger.hold_decision AS h JOIN intake.submission AS s USING (submission_id)
                  WHERE s.batch_id = b.batch_id AND h.verdict = 'refused' AND s.state <> 'closed'))
  AND NOT EXISTS (SELECT FROM quality.gate_run AS g WHERE g.batch_id = b.batch_id AND NOT g.passed)
ORDER BY b.batch_id;
