UPDATE identity.record_person AS rp SET person_id = r.person_id FROM reassigned AS r WHERE r.record_id = rp.record_id;
