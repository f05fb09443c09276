UPDATE warehouse.dim_person AS p
SET registry_record_id = d.registry_record_id, match_state = d.match_state, candidate_person_id = d.candidate_person_id,
    sex = d.sex, birth_month = d.birth_month
FROM derived_person AS d
WHERE d.person_id = p.person_id
  AND (p.registry_record_id, p.match_state, p.candidate_person_id, p.sex, p.birth_month)
      IS DISTINCT FROM (d.registry_record_id, d.match_state, d.candidate_person_id, d.sex, d.birth_month);
