INSERT INTO ledger.identity_decision (source_id, line_id, person_id, candidate_person_id, verdict, rule, decided_by)
SELECT submission_id, line_id, person_id, candidate_person_id,
       CASE WHEN candidate_person_id IS NULL THEN 'same' ELSE 'unsure' END, rule, 'rule'
FROM staging.line WHERE line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215 AND person_id IS NOT NULL
ORDER BY line_id;
