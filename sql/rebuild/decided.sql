-- Whom each line and record stands for: the newest decision about it.
CREATE TEMPORARY TABLE decided ON COMMIT DROP AS
SELECT DISTINCT ON (coalesce(line_id, record_id)) line_id, record_id, person_id,
       CASE verdict WHEN 'unsure' THEN candidate_person_id END AS candidate_person_id
FROM ledger.identity_decision
ORDER BY coalesce(line_id, record_id), decision_id DESC;
