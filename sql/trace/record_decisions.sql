SELECT d.verdict, d.rule, d.person_id AS person, d.candidate_person_id AS may_be, d.decided_by, d.recorded_at::timestamp(0) AS recorded_at
FROM ledger.identity_decision AS d WHERE d.record_id = :record_id ORDER BY d.decision_id;
