INSERT INTO rebuilt_employment
    (person_id, employer_uscc, valid_from, valid_to, leave_earliest, start_evidence, leave_evidence, first_line_id, known_from, known_to)
SELECT person_id, :employer_uscc, valid_from, valid_to, leave_earliest, start_evidence, leave_evidence, first_line_id, now(), 'infinity'
FROM derived_spell;
