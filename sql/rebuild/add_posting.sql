INSERT INTO rebuilt_posting (person_id, employer_uscc, role, party, told_from, valid_from, valid_to, line_id, known_from, known_to)
SELECT person_id, :employer_uscc, role, party, told_from, valid_from, valid_to, line_id, now(), 'infinity'
FROM derived_posting;
