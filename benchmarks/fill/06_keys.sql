INSERT INTO identity.person_key (person_id, wrapped) SELECT person_id, decode(repeat(md5(i::text), 4), 'hex') FROM public.spell WHERE is_first ORDER BY i
