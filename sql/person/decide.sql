INSERT INTO ledger.identity_decision (source_id, line_id, record_id, person_id, candidate_person_id, verdict, rule, decided_by, reason, act)
SELECT source_id, line_id, record_id, person_id, candidate_person_id, verdict, rule, :decided_by, :reason, :act
FROM reassigned ORDER BY line_id, record_id;
