CREATE TEMPORARY TABLE asked_phone (line_id bigint PRIMARY KEY, token bigint NOT NULL) ON COMMIT DROP;
