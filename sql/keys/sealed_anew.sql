CREATE TEMPORARY TABLE sealed_anew (id bigint PRIMARY KEY, sealed bytea NOT NULL) ON COMMIT DROP;
