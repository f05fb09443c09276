CREATE TEMPORARY TABLE candidate_owner (owner_id bigint PRIMARY KEY) ON COMMIT DROP;
