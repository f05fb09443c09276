INSERT INTO identity.person (person_id) SELECT person_id FROM public.spell WHERE is_first
