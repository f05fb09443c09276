INSERT INTO identity.record_token (record_id, registry_no, number, name, name_birth, phone, content)
SELECT record_id, registry_no, number, name, name_birth, phone, content FROM incoming;
