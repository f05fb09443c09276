-- Spells of one employer that the ledger says and the warehouse does not, and the reverse; the state beside them too.
SELECT 'missing' AS fault, d.person_id, d.valid_from
FROM derived_spell AS d
WHERE NOT EXISTS (
    SELECT FROM warehouse.fact_employment AS e
    WHERE e.employer_uscc = :employer_uscc AND e.known_to = 'infinity' AND e.person_id = d.person_id
      AND (e.valid_from, e.valid_to, e.start_evidence, e.first_line_id) = (d.valid_from, d.valid_to, d.start_evidence, d.first_line_id)
      AND e.leave_earliest IS NOT DISTINCT FROM d.leave_earliest AND e.leave_evidence IS NOT DISTINCT FROM d.leave_evidence)
UNION ALL
SELECT 'too many', e.person_id, e.valid_from
FROM warehouse.fact_employment AS e
WHERE e.employer_uscc = :employer_uscc AND e.known_to = 'infinity'
  AND NOT EXISTS (SELECT FROM derived_spell AS d WHERE d.person_id = e.person_id AND d.first_line_id = e.first_line_id)
UNION ALL
SELECT 'state', coalesce(n.person_id, s.person_id), coalesce(n.first_month, s.first_month)
FROM named_spell AS n
FULL JOIN (SELECT * FROM warehouse.spell_state WHERE employer_uscc = :employer_uscc) AS s USING (person_id, spell_no)
WHERE (n.first_month, n.last_named, n.last_active, n.hire_date, n.leave_date, n.left_by, n.newest_hire, n.newest_leave, n.unit, n.absent_by,
       n.first_line_id, n.last_line_id)
      IS DISTINCT FROM (s.first_month, s.last_named, s.last_active, s.hire_date, s.leave_date, s.left_by, s.newest_hire, s.newest_leave,
                        s.unit, s.absent_by, s.first_line_id, s.last_line_id);
