INSERT INTO warehouse.fact_match (person_id, state, valid_from, known_from) SELECT person_id, 'not_registered', '2024-03-05', now() FROM public.spell WHERE is_first
