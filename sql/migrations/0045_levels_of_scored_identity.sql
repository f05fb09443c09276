-- What spoke for and against somebody stays with the decision: a later model cannot tell what an earlier one saw.
ALTER TABLE ledger.identity_decision ADD COLUMN levels text;
COMMENT ON COLUMN ledger.identity_decision.levels IS 'What the model compared and the level that each comparison reached (name=same number=mended …): levels of identity/model.json, no values; null where nothing was weighed';
ALTER TABLE staging.line ADD COLUMN levels text;
COMMENT ON COLUMN staging.line.levels IS 'What the model compared and the level that each comparison reached, where it weighed';
