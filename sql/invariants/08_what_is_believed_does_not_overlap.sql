-- of one day one thing is believed: no two spells of a person at one employer, no two units or agencies there, no two of a registration, no two match states, told streets, sets of attributes or names of an employer
WITH believed AS NOT MATERIALIZED (
    SELECT 'employment' AS what, person_id, employer_uscc AS of_whom, valid_from, valid_to
    FROM warehouse.fact_employment
    WHERE known_to = 'infinity'
      AND valid_from < valid_to  -- left on the day of the hire, or before it: such a spell covers no day
      AND (CAST(:batch_id AS bigint) IS NULL OR employer_uscc = ANY (ARRAY(SELECT employer_uscc FROM touched_submission)))
    UNION ALL
    SELECT 'posting: ' || role, person_id, employer_uscc, valid_from, valid_to
    FROM warehouse.fact_posting
    WHERE known_to = 'infinity' AND valid_from < valid_to
      AND (CAST(:batch_id AS bigint) IS NULL OR employer_uscc = ANY (ARRAY(SELECT employer_uscc FROM touched_submission)))
    UNION ALL
    -- A person may have two registrations, where people have decided that two records are one person's.
    SELECT 'residence', NULL, record_id::text, '-infinity', 'infinity'
    FROM warehouse.fact_residence
    WHERE known_to = 'infinity'
      AND (CAST(:batch_id AS bigint) IS NULL OR person_id = ANY (ARRAY(SELECT person_id FROM touched_person)))
    UNION ALL
    SELECT 'match state', person_id, NULL, valid_from, valid_to
    FROM warehouse.fact_match
    WHERE known_to = 'infinity'
      AND (CAST(:batch_id AS bigint) IS NULL OR person_id = ANY (ARRAY(SELECT person_id FROM touched_person)))
    UNION ALL
    SELECT 'told street', person_id, NULL, valid_from, valid_to
    FROM warehouse.fact_told_street
    WHERE known_to = 'infinity'
      AND (CAST(:batch_id AS bigint) IS NULL OR person_id = ANY (ARRAY(SELECT person_id FROM touched_person)))
    UNION ALL
    SELECT 'attributes', person_id, NULL, '-infinity', 'infinity'
    FROM warehouse.dim_person
    WHERE known_to = 'infinity'
      AND (CAST(:batch_id AS bigint) IS NULL OR person_id = ANY (ARRAY(SELECT person_id FROM touched_person)))
    UNION ALL
    SELECT 'employer', NULL, employer_uscc, valid_from, valid_to
    FROM warehouse.dim_employer
    WHERE known_to = 'infinity'
      AND (CAST(:batch_id AS bigint) IS NULL OR employer_uscc = ANY (ARRAY(SELECT employer_uscc FROM touched_submission)))
)
SELECT what, person_id, of_whom
FROM (SELECT what, person_id, of_whom, valid_to,
             lead(valid_from) OVER (PARTITION BY what, person_id, of_whom ORDER BY valid_from, valid_to) AS next_from
      FROM believed) AS spell
WHERE next_from < valid_to;
