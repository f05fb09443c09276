INSERT INTO identity.record_person (record_id, person_id, current) SELECT record_id, person_id, true FROM incoming;
