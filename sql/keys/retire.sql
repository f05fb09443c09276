DELETE FROM identity.data_key WHERE key_id < :newest RETURNING key_id;
