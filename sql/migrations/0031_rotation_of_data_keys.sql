-- When everything that lay under older data keys had been wrapped anew under this one. The first had none to follow.
ALTER TABLE identity.data_key ADD COLUMN rotated_at timestamptz;
UPDATE identity.data_key SET rotated_at = made_at;
COMMENT ON COLUMN identity.data_key.rotated_at IS 'When nothing lay under older keys any more; null: a rotation goes on';

-- Room beside each key for the same one wrapped anew, so that a rotation touches no index.
ALTER TABLE identity.person_key SET (fillfactor = 50);
