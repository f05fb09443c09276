-- Spells that the ledger no longer says are no longer believed; they stay, with the time at which we knew better. What it says
-- is believed from then on; what goes on as it was stays. One statement and its own time, so that nothing lies between the two:
-- the transaction began before it waited for the employer, and others have opened spells since. Written in the order of persons, as
-- the indexes have them: a join leaves them in none.
WITH believed AS MATERIALIZED (
    SELECT e.ctid AS place, e.person_id, e.valid_from, e.valid_to, e.leave_earliest, e.start_evidence, e.leave_evidence, e.first_line_id
    FROM affected AS a
    JOIN warehouse.fact_employment AS e
        ON e.person_id = a.person_id AND e.employer_uscc = :employer_uscc AND e.known_to = 'infinity'
), closed AS (
    UPDATE warehouse.fact_employment AS f
    SET known_to = statement_timestamp()
    FROM believed AS b
    WHERE f.ctid = b.place
      AND NOT EXISTS (
            SELECT FROM derived_spell AS d
            WHERE d.person_id = b.person_id
              AND (d.valid_from, d.valid_to, d.leave_earliest, d.start_evidence, d.leave_evidence, d.first_line_id)
                  IS NOT DISTINCT FROM (b.valid_from, b.valid_to, b.leave_earliest, b.start_evidence, b.leave_evidence, b.first_line_id))
)
INSERT INTO warehouse.fact_employment
    (person_id, employer_uscc, valid_from, valid_to, leave_earliest, start_evidence, leave_evidence, first_line_id, known_from)
SELECT d.person_id, :employer_uscc, d.valid_from, d.valid_to, d.leave_earliest, d.start_evidence, d.leave_evidence, d.first_line_id,
       statement_timestamp()
FROM derived_spell AS d
WHERE NOT EXISTS (
    SELECT FROM believed AS b
    WHERE d.person_id = b.person_id
      AND (d.valid_from, d.valid_to, d.leave_earliest, d.start_evidence, d.leave_evidence, d.first_line_id)
          IS NOT DISTINCT FROM (b.valid_from, b.valid_to, b.leave_earliest, b.start_evidence, b.leave_evidence, b.first_line_id))
ORDER BY d.person_id;
