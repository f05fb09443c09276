-- Sessions that have been closed take a moment to end.
SELECT set_config('lock_timeout', '3s', true);
