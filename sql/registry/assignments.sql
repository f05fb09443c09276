SELECT record_id, person_id FROM incoming ORDER BY record_id;
