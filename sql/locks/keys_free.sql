-- Waits until nobody else works with the base: then none seals under an old key any more.
SELECT pg_advisory_xact_lock(hashtext('clearbase.keys_held'));
