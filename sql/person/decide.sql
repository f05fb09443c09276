INSERT INTO ledger.identity_decision (source_id, line_id, record_id, person_id, candidate_person_id, verdict, rule, decided_by, reason)
SELECT source_id, line_id, record_id, person_id, coalesce(candidate_person_id, CAST(:other_than AS bigint)),
       CASE WHEN candidate_person_id IS NOT NULL THEN 'unsure' ELSE :verdict END, rule, :decided_by, :reason
FROM reassigned ORDER BY line_id, record_id;
