-- Few persons are looked up in a ledger whose partitions the planner would rather read as a whole: only loops over keys, or
-- any way again.
SELECT set_config('enable_hashjoin', :others, true), set_config('enable_mergejoin', :others, true);
