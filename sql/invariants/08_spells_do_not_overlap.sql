-- no person has two spells at one employer at the same time
WITH spell AS NOT MATERIALIZED (
    SELECT person_id, employer_uscc, valid_from, valid_to, first_line_id
    FROM warehouse.fact_employment
    WHERE known_to = 'infinity'
      AND (CAST(:batch_id AS bigint) IS NULL OR employer_uscc = ANY (ARRAY(SELECT employer_uscc FROM touched_submission)))
)
SELECT a.person_id, a.employer_uscc
FROM spell AS a
JOIN spell AS b
    ON b.employer_uscc = a.employer_uscc AND b.person_id = a.person_id
   AND (b.valid_from, b.first_line_id) > (a.valid_from, a.first_line_id) AND b.valid_from < a.valid_to
WHERE b.valid_from < b.valid_to;  -- left on the day of the hire, or before it: such a spell covers no day
