-- The newest data key, and whether something may lie under an older one still.
SELECT key_id, rotated_at IS NULL AS goes_on FROM identity.data_key ORDER BY key_id DESC LIMIT 1;
