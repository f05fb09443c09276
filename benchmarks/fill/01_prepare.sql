-- Indexes are built at the end; foreign keys are not asked row by row.
DO $$
DECLARE
    one record;
BEGIN
    PERFORM ledger.ensure_month(date '2025-12-01');
    CREATE TABLE public.index_to_build AS
    SELECT i.schemaname, i.indexname, i.indexdef
    FROM pg_indexes AS i
    WHERE (i.schemaname, i.tablename) IN (('identity', 'line_token'), ('identity', 'line_person'), ('identity', 'person_token'), ('identity', 'block_token'), ('ledger', 'identity_decision'),
           ('warehouse', 'fact_employment'), ('warehouse', 'fact_match'), ('warehouse', 'fact_told_street'))
      AND NOT EXISTS (SELECT FROM pg_constraint AS c WHERE c.conindid = format('%I.%I', i.schemaname, i.indexname)::regclass);
    FOR one IN SELECT * FROM public.index_to_build LOOP
        EXECUTE format('DROP INDEX %I.%I', one.schemaname, one.indexname);
    END LOOP;
    ALTER TABLE identity.person_token DROP CONSTRAINT person_token_pkey;
END
$$
