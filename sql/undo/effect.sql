-- What changes of the spells that are believed now, before it is changed: spells that end to be believed, spells that begin to be,
-- and of how many persons.
WITH gone AS (
    SELECT e.person_id FROM warehouse.fact_employment AS e
    WHERE e.employer_uscc = :employer_uscc AND e.known_to = 'infinity' AND e.person_id IN (SELECT person_id FROM affected)
      AND NOT EXISTS (
            SELECT FROM derived_spell AS d
            WHERE d.person_id = e.person_id AND d.valid_from = e.valid_from AND d.valid_to = e.valid_to
              AND d.leave_earliest IS NOT DISTINCT FROM e.leave_earliest AND d.start_evidence = e.start_evidence
              AND d.leave_evidence IS NOT DISTINCT FROM e.leave_evidence AND d.first_line_id = e.first_line_id)
), come AS (
    SELECT d.person_id FROM derived_spell AS d
    WHERE NOT EXISTS (
            SELECT FROM warehouse.fact_employment AS e
            WHERE e.employer_uscc = :employer_uscc AND e.known_to = 'infinity' AND e.person_id = d.person_id
              AND d.valid_from = e.valid_from AND d.valid_to = e.valid_to
              AND d.leave_earliest IS NOT DISTINCT FROM e.leave_earliest AND d.start_evidence = e.start_evidence
              AND d.leave_evidence IS NOT DISTINCT FROM e.leave_evidence AND d.first_line_id = e.first_line_id)
)
SELECT (SELECT count(*) FROM gone) AS spells_ended, (SELECT count(*) FROM come) AS spells_begun,
       (SELECT count(*) FROM (SELECT person_id FROM gone UNION SELECT person_id FROM come) AS p) AS persons;
