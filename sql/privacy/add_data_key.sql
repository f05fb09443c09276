-- The first one follows none, so that there is nothing to rotate.
INSERT INTO identity.data_key (key_id, wrapped, token_check, rotated_at)
VALUES (:key_id, :wrapped, :token_check, CASE WHEN :key_id = 1 THEN now() END);
