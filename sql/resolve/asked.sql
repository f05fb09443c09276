-- What is asked of the blocking tokens, and whom they bring up.
CREATE TEMPORARY TABLE asked_token (owner_id bigint PRIMARY KEY, tokens bigint[] NOT NULL) ON COMMIT DROP;
