INSERT INTO rebuilt_state
    (employer_uscc, person_id, spell_no, first_month, last_named, last_active, hire_date, leave_date, left_by, newest_hire, newest_leave,
     unit, absent_by, first_line_id, last_line_id)
SELECT :employer_uscc, person_id, spell_no, first_month, last_named, last_active, hire_date, leave_date, left_by, newest_hire, newest_leave,
       unit, absent_by, first_line_id, last_line_id
FROM named_spell;
