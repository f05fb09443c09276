-- Of how many persons rosters and registry now tell another sex, birth month, record or newest street, or nothing any more.
SELECT count(*)
FROM told_before AS b
LEFT JOIN warehouse.dim_person AS p ON p.person_id = b.person_id AND p.known_to = 'infinity'
WHERE (b.sex, b.birth_month, b.registry_record_id, b.street) IS DISTINCT FROM
      (p.sex, p.birth_month, p.registry_record_id,
       (SELECT t.street FROM warehouse.fact_told_street AS t
        WHERE t.person_id = b.person_id AND t.known_to = 'infinity' ORDER BY t.valid_from DESC LIMIT 1));
