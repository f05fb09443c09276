-- The wrapped data keys, oldest first.
SELECT key_id, wrapped, token_check FROM identity.data_key ORDER BY key_id;
