INSERT INTO warehouse.fact_employment (person_id, employer_uscc, valid_from, start_evidence, first_line_id, known_from)
SELECT person_id, employer_uscc, '2024-03-05', 'hire_date', line_id, now() FROM public.spell
