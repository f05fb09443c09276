-- The pairs in the form in which Splink takes them instead of blocking for itself.
CREATE OR REPLACE TABLE blocked AS SELECT '0' AS match_key, who_l AS join_key_l, who_r AS join_key_r FROM pair
