-- Persons of whom the ledger says something else than the warehouse.
SELECT coalesce(d.person_id, p.person_id)
FROM derived_person AS d
FULL JOIN (SELECT * FROM warehouse.dim_person
           WHERE known_to = 'infinity'
             AND (CAST(:batch_id AS bigint) IS NULL OR person_id = ANY (ARRAY(SELECT person_id FROM affected)))) AS p USING (person_id)
WHERE d.person_id IS NULL
   OR (p.person_id, p.registry_record_id, p.candidate_person_id, p.sex, p.sex_line_id, p.birth_month, p.birth_line_id)
      IS DISTINCT FROM (d.person_id, d.registry_record_id, d.candidate_person_id, d.sex, d.sex_line_id, d.birth_month, d.birth_line_id);
