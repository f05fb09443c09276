-- Spells of one employer that the ledger says and the warehouse does not, and the reverse.
SELECT 'missing' AS fault, d.person_id, d.valid_from
FROM derived_spell AS d
WHERE NOT EXISTS (
    SELECT FROM warehouse.fact_employment AS e
    WHERE e.employer_uscc = :employer_uscc AND e.known_to = 'infinity' AND e.person_id = d.person_id
      AND (e.valid_from, e.valid_to, e.start_evidence, e.first_line_id, e.last_line_id)
        = (d.valid_from, d.valid_to, d.start_evidence, d.first_line_id, d.last_line_id)
      AND e.leave_earliest IS NOT DISTINCT FROM d.leave_earliest AND e.leave_evidence IS NOT DISTINCT FROM d.leave_evidence)
UNION ALL
SELECT 'too many', e.person_id, e.valid_from
FROM warehouse.fact_employment AS e
WHERE e.employer_uscc = :employer_uscc AND e.known_to = 'infinity'
  AND NOT EXISTS (SELECT FROM derived_spell AS d WHERE d.person_id = e.person_id AND d.valid_from = e.valid_from);
