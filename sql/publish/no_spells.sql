-- As `named_spells` leaves it where nobody's lines have to be read.
CREATE TEMPORARY TABLE named_spell ON COMMIT DROP AS
SELECT person_id, spell_no, first_month, last_named, last_active, hire_date, leave_date, left_by, newest_hire, newest_leave,
       unit, absent_by, first_line_id, last_line_id
FROM warehouse.spell_state WHERE false;
