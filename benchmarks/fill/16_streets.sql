INSERT INTO warehouse.fact_told_street (person_id, street, valid_from, valid_to, line_id, known_from)
SELECT person_id, '新碶街道', '2025-12-01', 'infinity', line_id, now() FROM public.spell WHERE is_first
