SELECT array_agg(nextval('identity.key_number')) FROM generate_series(1, :count);
