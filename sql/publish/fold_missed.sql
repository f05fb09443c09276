INSERT INTO named_spell
    (person_id, spell_no, first_month, last_named, last_active, hire_date, leave_date, left_by, newest_hire, newest_leave,
     unit, absent_by, first_line_id, last_line_id)
SELECT s.person_id, s.spell_no, s.first_month, s.last_named, s.last_active, s.hire_date, s.leave_date, s.left_by, s.newest_hire,
       s.newest_leave, s.unit, CASE WHEN s.spell_no = m.spell_no THEN m.absent_by ELSE s.absent_by END, s.first_line_id, s.last_line_id
FROM missed AS m JOIN warehouse.spell_state AS s ON s.person_id = m.person_id
WHERE s.employer_uscc = :employer_uscc;
