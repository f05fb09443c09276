SELECT verdict, reason, decided_by, recorded_at::timestamp(0) AS recorded_at FROM ledger.submission_decision
WHERE submission_id = :submission_id ORDER BY decision_id;
