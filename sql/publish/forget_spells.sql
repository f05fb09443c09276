-- Spells that the ledger no longer says are no longer believed; they stay, with the time at which we knew better.
UPDATE warehouse.fact_employment AS e
SET known_to = now()
WHERE e.employer_uscc = :employer_uscc AND e.known_to = 'infinity'
  AND e.person_id IN (SELECT person_id FROM affected)
  AND NOT EXISTS (
        SELECT FROM derived_spell AS d
        WHERE d.person_id = e.person_id AND d.valid_from = e.valid_from AND d.valid_to = e.valid_to
          AND d.leave_earliest IS NOT DISTINCT FROM e.leave_earliest AND d.start_evidence = e.start_evidence
          AND d.leave_evidence IS NOT DISTINCT FROM e.leave_evidence AND d.first_line_id = e.first_line_id);
