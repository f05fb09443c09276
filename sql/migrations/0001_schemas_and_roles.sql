-- Schemas, the loader's role, and the guard of what is append-only.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'clearbase_loader') THEN
        CREATE ROLE clearbase_loader NOLOGIN;
    END IF;
    -- Who makes a role may give it but, since PostgreSQL 16, not take it on without being given it.
    BEGIN
        EXECUTE format('GRANT clearbase_loader TO %I', current_user);
    EXCEPTION WHEN insufficient_privilege THEN
        NULL;  -- it was given by the administrator who made it
    END;
END
$$;

CREATE SCHEMA intake;
CREATE SCHEMA staging;
CREATE SCHEMA ledger;
CREATE SCHEMA identity;
CREATE SCHEMA quality;
CREATE SCHEMA warehouse;
CREATE SCHEMA mart;
CREATE SCHEMA audit;
COMMENT ON SCHEMA intake IS 'What was handed in: submissions, their sheets, the outcome of every file';
COMMENT ON SCHEMA staging IS 'Codes, tokens and rule bits of the batch in hand; no clear text; emptied after publishing';
COMMENT ON SCHEMA ledger IS 'The truth: submissions, roster lines, registry records, decisions; append-only';
COMMENT ON SCHEMA identity IS 'Persons; their wrapped keys and tokens (deletable); review cases';
COMMENT ON SCHEMA quality IS 'Findings by cell and rule counts by submission';
COMMENT ON SCHEMA warehouse IS 'Dimensions and spells with valid and recorded time; derived from the ledger';
COMMENT ON SCHEMA mart IS 'Named views for analysts; masks only';
COMMENT ON SCHEMA audit IS 'Who did what, when';

GRANT USAGE ON SCHEMA intake, staging, ledger, identity, quality, warehouse, mart, audit TO clearbase_loader;

CREATE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
COMMENT ON FUNCTION ledger.refuse_change() IS 'Refuses UPDATE, DELETE and TRUNCATE of append-only tables, for the owner too';
