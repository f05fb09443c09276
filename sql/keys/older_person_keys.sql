-- The next of those that lie under an older data key: its number stands in each wrapped key (privacy/sealing.py).
SELECT key_no AS id, wrapped AS sealed FROM identity.person_key
WHERE key_no > :after AND substring(wrapped FROM 2 FOR 8) <> int8send(:newest)
ORDER BY key_no LIMIT :many;
