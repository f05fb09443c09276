INSERT INTO identity.line_token (line_id, submission_id, employer_uscc, number, name, name_birth, phone)
SELECT line_id, submission_id, employer_uscc, decode(md5('number' || person_id), 'hex'), decode(md5('name' || person_id % 90000), 'hex'),
       decode(md5('birth' || person_id), 'hex'), decode(md5('phone' || person_id), 'hex')
FROM public.spell
