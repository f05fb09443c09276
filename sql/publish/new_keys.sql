CREATE TEMPORARY TABLE new_key (key_no bigint NOT NULL, person_id bigint, source_id bigint, wrapped bytea NOT NULL) ON COMMIT DROP;
