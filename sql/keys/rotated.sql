UPDATE identity.data_key SET rotated_at = now() WHERE key_id = :key_id AND rotated_at IS NULL;
