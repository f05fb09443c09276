-- A person's match states as believed now.
SELECT state, valid_from, nullif(valid_to, 'infinity') AS valid_to, record_id AS registry_record
FROM warehouse.fact_match
WHERE person_id = :person_id AND known_to = 'infinity'
ORDER BY valid_from;
