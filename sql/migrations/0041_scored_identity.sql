-- Whom a line may be is looked for by blocking tokens, and weighed by a model; both stay with the decision.
ALTER TABLE ledger.identity_decision ADD COLUMN weight real, ADD COLUMN model text;
COMMENT ON COLUMN ledger.identity_decision.weight IS 'Bits for one person against two, as the model weighed it; null where a rule or a person decided without';
COMMENT ON COLUMN ledger.identity_decision.model IS 'Version of the model that weighed it';

CREATE TABLE identity.block_token (
    owner_id bigint PRIMARY KEY,
    tokens bigint[] NOT NULL
);
CREATE INDEX ON identity.block_token USING gin (tokens);
ALTER TABLE identity.block_token ALTER COLUMN tokens SET STATISTICS 0;
COMMENT ON TABLE identity.block_token IS 'By what a registry record, or a roster line that said something new of somebody, is found for a line without a number that decides. Deletable';
COMMENT ON COLUMN identity.block_token.owner_id IS 'The record or the line; their ids are of one count';
COMMENT ON COLUMN identity.block_token.tokens IS 'The first eight bytes of HMAC-SHA-256 of each blocking key, its kind in the lowest four bits';
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.block_token TO clearbase_loader;

ALTER TABLE staging.line ADD COLUMN weight real, ADD COLUMN model text;
COMMENT ON COLUMN staging.line.weight IS 'Bits for one person against two, where the model weighed it';
COMMENT ON COLUMN staging.line.model IS 'Version of the model that weighed it';

CREATE UNLOGGED TABLE staging.block_token (
    owner_id bigint PRIMARY KEY,
    tokens bigint[] NOT NULL
);
ALTER TABLE staging.block_token ALTER COLUMN tokens SET STATISTICS 0;
COMMENT ON TABLE staging.block_token IS 'Blocking tokens of the lines in hand that say something new of somebody';
COMMENT ON COLUMN staging.block_token.owner_id IS 'The line';
COMMENT ON COLUMN staging.block_token.tokens IS 'As in identity.block_token';
GRANT SELECT, INSERT, UPDATE, DELETE ON staging.block_token TO clearbase_loader;

-- What was written of late lies in a list that each look into an index of tokens goes through: it is put in its place where
-- statistics are gathered, after each batch and load.
CREATE OR REPLACE FUNCTION warehouse.analyse_changed() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp SET default_statistics_target = 10 AS $$
DECLARE
    changed record;
BEGIN
    PERFORM gin_clean_pending_list('identity.block_token_tokens_idx');
    FOR changed IN
        SELECT s.schemaname, s.relname
        FROM pg_stat_all_tables AS s JOIN pg_class AS c ON c.oid = s.relid
        WHERE s.schemaname IN ('intake', 'ledger', 'identity', 'quality', 'warehouse')
          AND s.n_mod_since_analyze > 1000 + 0.1 * greatest(c.reltuples, 0)
    LOOP
        EXECUTE format('ANALYZE %I.%I', changed.schemaname, changed.relname);
    END LOOP;
END
$$;
