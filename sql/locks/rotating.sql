-- Whoever opens the base (locks/keys) waits until the master key and what it wraps belong together again.
SELECT pg_advisory_lock(hashtext('clearbase.keys'));
