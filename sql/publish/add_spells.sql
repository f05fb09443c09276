-- New spells; those that go on as they were stay.
INSERT INTO warehouse.fact_employment
    (person_id, employer_uscc, valid_from, valid_to, leave_earliest, start_evidence, leave_evidence, first_line_id, known_from)
SELECT d.person_id, :employer_uscc, d.valid_from, d.valid_to, d.leave_earliest, d.start_evidence, d.leave_evidence, d.first_line_id, now()
FROM derived_spell AS d
WHERE NOT EXISTS (
    SELECT FROM warehouse.fact_employment AS e
    WHERE e.employer_uscc = :employer_uscc AND e.known_to = 'infinity' AND e.person_id = d.person_id
      AND e.first_line_id = d.first_line_id);
