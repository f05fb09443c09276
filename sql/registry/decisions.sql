INSERT INTO ledger.identity_decision (source_id, record_id, person_id, candidate_person_id, verdict, rule, decided_by, weight, model, levels)
SELECT :load_id, record_id, person_id, candidate_person_id,
       CASE WHEN candidate_person_id IS NULL THEN 'same' ELSE 'unsure' END, rule, CASE WHEN model IS NULL THEN 'rule' ELSE 'model' END, weight, model, levels
FROM incoming ORDER BY record_id;
