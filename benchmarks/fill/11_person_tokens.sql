INSERT INTO identity.person_token (number, name, person_id)
SELECT decode(md5('number' || person_id), 'hex'), decode(md5('name' || person_id % 90000), 'hex'), person_id FROM public.spell WHERE is_first
