INSERT INTO identity.block_token (owner_id, tokens) SELECT owner_id, tokens FROM asked_token;
