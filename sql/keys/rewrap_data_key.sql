UPDATE identity.data_key SET wrapped = :wrapped WHERE key_id = :key_id;
