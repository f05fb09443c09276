-- A query on a table that was never analysed can run for minutes, and a server that lives for one command has no time
-- for autovacuum. The loader may not ANALYZE what it does not own, so it asks here.
CREATE FUNCTION staging.analyse_lines() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    ANALYZE staging.line;
END
$$;
COMMENT ON FUNCTION staging.analyse_lines() IS 'Statistics of the batch in hand';

CREATE FUNCTION warehouse.analyse_changed() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    changed record;
BEGIN
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
COMMENT ON FUNCTION warehouse.analyse_changed() IS 'Statistics of the tables that have changed by more than a tenth';
REVOKE ALL ON FUNCTION staging.analyse_lines(), warehouse.analyse_changed() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION staging.analyse_lines(), warehouse.analyse_changed() TO clearbase_loader;
