-- every spell leads to the file, sheet and row that it rests on
SELECT e.person_id, e.employer_uscc
FROM warehouse.fact_employment AS e
LEFT JOIN identity.line_person AS f ON f.line_id = e.first_line_id AND f.person_id = e.person_id
LEFT JOIN identity.line_person AS l ON l.line_id = e.last_line_id AND l.person_id = e.person_id
WHERE e.known_to = 'infinity' AND (f.line_id IS NULL OR l.line_id IS NULL);
