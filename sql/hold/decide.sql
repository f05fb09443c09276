INSERT INTO ledger.hold_decision (submission_id, verdict, reason, decided_by)
VALUES (:submission_id, :verdict, :reason, :decided_by)
ON CONFLICT (submission_id) DO NOTHING;
