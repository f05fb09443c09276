INSERT INTO warehouse.spell_state
    (employer_uscc, person_id, spell_no, first_month, last_named, last_active, hire_date, leave_date, left_by, newest_hire, newest_leave,
     unit, absent_by, first_line_id, last_line_id)
SELECT :employer_uscc, n.person_id, n.spell_no, n.first_month, n.last_named, n.last_active, n.hire_date, n.leave_date, n.left_by,
       n.newest_hire, n.newest_leave, n.unit, n.absent_by, n.first_line_id, n.last_line_id
FROM named_spell AS n
WHERE NOT EXISTS (SELECT FROM warehouse.spell_state AS s
                  WHERE s.employer_uscc = :employer_uscc AND s.person_id = n.person_id AND s.spell_no = n.spell_no);
