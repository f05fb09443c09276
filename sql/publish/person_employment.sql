-- All spells of the affected persons that are believed now, at whichever employer.
INSERT INTO person_employment (person_id, valid_from, valid_to)
SELECT e.person_id, e.valid_from, e.valid_to
FROM derived_person AS d JOIN warehouse.fact_employment AS e ON e.person_id = d.person_id
WHERE e.known_to = 'infinity';
