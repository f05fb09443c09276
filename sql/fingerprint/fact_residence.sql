SELECT count(*) AS rows, md5(coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text) AS hash
FROM (SELECT record_id, street, valid_from, valid_to FROM warehouse.fact_residence WHERE known_to = 'infinity') AS t;
