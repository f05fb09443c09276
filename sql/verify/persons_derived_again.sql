-- Persons of whom the ledger says something else than the warehouse.
SELECT coalesce(d.person_id, p.person_id)
FROM derived_person AS d FULL JOIN warehouse.dim_person AS p USING (person_id)
WHERE d.person_id IS NULL
   OR (p.match_state, p.registry_record_id, p.candidate_person_id, p.sex, p.birth_month)
      IS DISTINCT FROM (d.match_state, d.registry_record_id, d.candidate_person_id, d.sex, d.birth_month);
