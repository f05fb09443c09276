INSERT INTO warehouse.spell_state (employer_uscc, person_id, spell_no, first_month, last_named, last_active, hire_date, newest_hire, unit, first_line_id, last_line_id)
SELECT employer_uscc, person_id, 0, '2025-12-01', '2025-12-01', '2025-12-01', '2024-03-05', '2024-03-05', '', line_id, line_id FROM public.spell
