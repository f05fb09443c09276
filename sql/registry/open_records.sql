-- The records that an extract brings, in their order; which of them stand for nobody known, or for somebody whose number is known under
-- another name (the candidate), which may be another spelling.
SELECT array_agg(record_id ORDER BY record_id) AS records,
       array_agg(rule IN ('registry_new', 'number_with_other_name') ORDER BY record_id) AS is_open,
       array_agg(CASE rule WHEN 'number_with_other_name' THEN candidate_person_id ELSE 0 END ORDER BY record_id) AS candidates
FROM incoming;
