INSERT INTO identity.person (person_id) VALUES (:new_person) ON CONFLICT DO NOTHING;
