UPDATE warehouse.fact_residence AS f SET known_to = now()
FROM reassigned AS r WHERE r.record_id = f.record_id AND f.known_to = 'infinity';
