-- Employers as believed now; recorded time aside.
SELECT count(*) AS rows, md5(coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text) AS hash
FROM (SELECT employer_uscc, name, street, valid_from, valid_to FROM warehouse.dim_employer WHERE known_to = 'infinity') AS t;
