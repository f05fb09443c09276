INSERT INTO identity.line_person (line_id, submission_id, person_id, rule) SELECT line_id, submission_id, person_id, 'number_and_name' FROM public.spell
