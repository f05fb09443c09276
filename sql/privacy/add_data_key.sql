INSERT INTO identity.data_key (key_id, wrapped, token_check) VALUES (:key_id, :wrapped, :token_check);
