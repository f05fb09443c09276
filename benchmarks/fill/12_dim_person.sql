INSERT INTO warehouse.dim_person (person_id, sex, sex_line_id, birth_month, birth_line_id, known_from)
SELECT person_id, 'male', line_id, '1990-01-01', line_id, now() FROM public.spell WHERE is_first
