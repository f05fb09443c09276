-- A lock that is not free by then is held by somebody who has forgotten it, or by a command that takes long: say so and do not wait on.
SELECT set_config('lock_timeout', '60s', true);
