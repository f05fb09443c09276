-- the match states of each person follow one another without gap or overlap, from the first employment or registration to infinity
WITH match AS (
    SELECT person_id, valid_from, valid_to,
           lead(valid_from) OVER spell AS next_from, row_number() OVER spell AS place
    FROM warehouse.fact_match
    WHERE known_to = 'infinity'
      AND (CAST(:batch_id AS bigint) IS NULL OR person_id = ANY (ARRAY(SELECT person_id FROM touched_person)))
    WINDOW spell AS (PARTITION BY person_id ORDER BY valid_from, valid_to)
), known AS (
    SELECT person_id, min(valid_from) AS day
    FROM (SELECT person_id, valid_from FROM warehouse.fact_employment WHERE known_to = 'infinity'
          UNION ALL SELECT person_id, valid_from FROM warehouse.fact_residence WHERE known_to = 'infinity') AS spell
    WHERE CAST(:batch_id AS bigint) IS NULL OR person_id = ANY (ARRAY(SELECT person_id FROM touched_person))
    GROUP BY 1
)
SELECT person_id FROM match WHERE valid_to <> coalesce(next_from, 'infinity')
UNION
SELECT coalesce(m.person_id, p.person_id)
FROM (SELECT person_id, valid_from FROM match WHERE place = 1) AS m
FULL JOIN (SELECT person_id FROM warehouse.dim_person
           WHERE known_to = 'infinity'
             AND (CAST(:batch_id AS bigint) IS NULL OR person_id = ANY (ARRAY(SELECT person_id FROM touched_person)))) AS p USING (person_id)
LEFT JOIN known AS k ON k.person_id = coalesce(m.person_id, p.person_id)
WHERE m.person_id IS NULL OR p.person_id IS NULL OR k.day <> m.valid_from;
