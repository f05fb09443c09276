UPDATE warehouse.fact_residence AS r SET known_to = now()
FROM incoming AS i WHERE r.record_id = i.replaces AND r.known_to = 'infinity';
