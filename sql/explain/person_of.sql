SELECT person_id FROM identity.line_person WHERE line_id = :id UNION ALL SELECT person_id FROM identity.record_person WHERE record_id = :id;
