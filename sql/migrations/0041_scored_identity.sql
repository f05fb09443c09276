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
COMMENT ON COLUMN identity.block_token.tokens IS 'The first eight bytes of HMAC-SHA-256 of each blocking key (identity.blocks)';
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.block_token TO clearbase_loader;

ALTER TABLE staging.line ADD COLUMN weight real, ADD COLUMN model text, ADD COLUMN tokens bigint[];
COMMENT ON COLUMN staging.line.weight IS 'Bits for one person against two, where the model weighed it';
COMMENT ON COLUMN staging.line.model IS 'Version of the model that weighed it';
COMMENT ON COLUMN staging.line.tokens IS 'Blocking tokens of a line that says something new of somebody';
