-- Spells that the ledger no longer says are no longer believed; they stay, with the time at which we knew better. What it says
-- is believed from then on; what goes on as it was stays. One statement and its own time, so that nothing lies between the two:
-- the transaction began before it waited for the employer, and others have opened spells since.
WITH closed AS (
    UPDATE warehouse.fact_employment AS e
    SET known_to = statement_timestamp()
    WHERE e.employer_uscc = :employer_uscc AND e.known_to = 'infinity'
      AND e.person_id IN (SELECT person_id FROM affected)
      AND NOT EXISTS (
            SELECT FROM derived_spell AS d
            WHERE d.person_id = e.person_id AND d.valid_from = e.valid_from AND d.valid_to = e.valid_to
              AND d.leave_earliest IS NOT DISTINCT FROM e.leave_earliest AND d.start_evidence = e.start_evidence
              AND d.leave_evidence IS NOT DISTINCT FROM e.leave_evidence AND d.first_line_id = e.first_line_id)
)
INSERT INTO warehouse.fact_employment
    (person_id, employer_uscc, valid_from, valid_to, leave_earliest, start_evidence, leave_evidence, first_line_id, known_from)
SELECT d.person_id, :employer_uscc, d.valid_from, d.valid_to, d.leave_earliest, d.start_evidence, d.leave_evidence, d.first_line_id,
       statement_timestamp()
FROM derived_spell AS d
WHERE NOT EXISTS (
    SELECT FROM warehouse.fact_employment AS e
    WHERE e.employer_uscc = :employer_uscc AND e.known_to = 'infinity' AND e.person_id = d.person_id
      AND d.valid_from = e.valid_from AND d.valid_to = e.valid_to
      AND d.leave_earliest IS NOT DISTINCT FROM e.leave_earliest AND d.start_evidence = e.start_evidence
      AND d.leave_evidence IS NOT DISTINCT FROM e.leave_evidence AND d.first_line_id = e.first_line_id);
