-- The rebuilt spells of everybody; of employers that are not in the sample those that are believed.
INSERT INTO person_employment (person_id, valid_from, valid_to)
SELECT person_id, valid_from, valid_to FROM rebuilt_employment
UNION ALL
SELECT person_id, valid_from, valid_to FROM warehouse.fact_employment
WHERE known_to = 'infinity' AND employer_uscc <> ALL (CAST(:employers AS text[]));
