-- What is told of the persons whom the decision may touch, before it: to be compared with what is told after it.
CREATE TEMPORARY TABLE told_before ON COMMIT DROP AS
SELECT a.person_id, p.sex, p.birth_month, p.registry_record_id,
       (SELECT m.state FROM warehouse.fact_match AS m
        WHERE m.person_id = a.person_id AND m.known_to = 'infinity' AND m.valid_to > current_date ORDER BY m.valid_from LIMIT 1) AS state,
       (SELECT t.street FROM warehouse.fact_told_street AS t
        WHERE t.person_id = a.person_id AND t.known_to = 'infinity' ORDER BY t.valid_from DESC LIMIT 1) AS street
FROM affected AS a
LEFT JOIN warehouse.dim_person AS p ON p.person_id = a.person_id AND p.known_to = 'infinity';
