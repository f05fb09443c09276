-- Spells that the lines name no longer are forgotten, others moved, new ones added.
WITH forgotten AS (
    DELETE FROM warehouse.spell_state AS s
    USING affected AS a
    WHERE s.employer_uscc = :employer_uscc AND s.person_id = a.person_id AND NOT a.folds
      AND NOT EXISTS (SELECT FROM named_spell AS n WHERE n.person_id = s.person_id AND n.spell_no = s.spell_no)
), moved AS (
    UPDATE warehouse.spell_state AS s
    SET first_month = n.first_month, last_named = n.last_named, last_active = n.last_active, hire_date = n.hire_date, leave_date = n.leave_date,
        left_by = n.left_by, newest_hire = n.newest_hire, newest_leave = n.newest_leave, unit = n.unit, absent_by = n.absent_by,
        first_line_id = n.first_line_id, last_line_id = n.last_line_id
    FROM named_spell AS n
    WHERE s.employer_uscc = :employer_uscc AND s.person_id = n.person_id AND s.spell_no = n.spell_no
      AND (s.first_month, s.last_named, s.last_active, s.hire_date, s.leave_date, s.left_by, s.newest_hire, s.newest_leave, s.unit, s.absent_by,
           s.first_line_id, s.last_line_id)
          IS DISTINCT FROM (n.first_month, n.last_named, n.last_active, n.hire_date, n.leave_date, n.left_by, n.newest_hire, n.newest_leave,
                            n.unit, n.absent_by, n.first_line_id, n.last_line_id)
)
INSERT INTO warehouse.spell_state
    (employer_uscc, person_id, spell_no, first_month, last_named, last_active, hire_date, leave_date, left_by, newest_hire, newest_leave,
     unit, absent_by, first_line_id, last_line_id)
SELECT :employer_uscc, n.person_id, n.spell_no, n.first_month, n.last_named, n.last_active, n.hire_date, n.leave_date, n.left_by,
       n.newest_hire, n.newest_leave, n.unit, n.absent_by, n.first_line_id, n.last_line_id
FROM named_spell AS n
WHERE NOT EXISTS (SELECT FROM warehouse.spell_state AS s
                  WHERE s.employer_uscc = :employer_uscc AND s.person_id = n.person_id AND s.spell_no = n.spell_no);
