-- The keys of residual profiles.
CREATE TABLE residual_key AS SELECT k.* FROM unfound AS u JOIN profile_key AS k USING (no)
