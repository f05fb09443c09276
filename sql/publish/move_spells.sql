UPDATE warehouse.fact_employment AS e
SET last_line_id = d.last_line_id
FROM derived_spell AS d
WHERE e.employer_uscc = :employer_uscc AND e.known_to = 'infinity' AND e.person_id = d.person_id
  AND e.valid_from = d.valid_from AND e.last_line_id <> d.last_line_id;
