INSERT INTO identity.person (person_id) VALUES (:other_person_id) ON CONFLICT DO NOTHING;
