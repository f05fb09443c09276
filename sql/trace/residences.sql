-- A person's registrations as believed now, each with the record that tells it.
SELECT f.street, f.valid_from, nullif(f.valid_to, 'infinity') AS valid_to, 'R' || f.record_id AS record
FROM warehouse.fact_residence AS f
WHERE f.person_id = :person_id AND f.known_to = 'infinity'
ORDER BY f.valid_from, f.record_id;
