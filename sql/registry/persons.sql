INSERT INTO identity.person (person_id) SELECT DISTINCT person_id FROM incoming ON CONFLICT DO NOTHING;
