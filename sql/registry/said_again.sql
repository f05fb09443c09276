-- Records without a number of the registry's own that the extract says in the same words.
CREATE TEMPORARY TABLE said_again (record_id bigint PRIMARY KEY) ON COMMIT DROP;
