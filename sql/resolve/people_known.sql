-- About how many can be found by tokens: what the names are held against. As statistics have it; none before the first.
SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'identity.block_token'::regclass;
