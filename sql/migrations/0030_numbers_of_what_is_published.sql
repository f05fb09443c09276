-- People decide of persons while a batch waits to be published: what was resolved before is resolved again.
ALTER TABLE intake.submission ADD COLUMN resolved_after bigint;
COMMENT ON COLUMN intake.submission.resolved_after IS 'Newest decision of people about persons that was known when its own were found; 0: none';
CREATE INDEX ON ledger.identity_decision (decision_id) WHERE rule IN ('merged_by_person', 'split_by_person');
CREATE FUNCTION ledger.newest_regrouping() RETURNS bigint LANGUAGE sql STABLE
RETURN (SELECT coalesce(max(decision_id), 0) FROM ledger.identity_decision WHERE rule IN ('merged_by_person', 'split_by_person'));
COMMENT ON FUNCTION ledger.newest_regrouping() IS 'Newest decision of people that merged or split persons; 0: none';
GRANT EXECUTE ON FUNCTION ledger.newest_regrouping() TO clearbase_loader;

-- Lines without a number are looked for among the namesakes at their employer, in one place for all that it sends; two
-- indexes in the order of random tokens cost more than all else that is written of a line.
DROP INDEX identity.line_token_name_birth_idx;
DROP INDEX identity.line_token_phone_idx;
CREATE INDEX ON identity.line_token (employer_uscc, name) WHERE name IS NOT NULL;

-- Of sealed values there is nothing to know, and sampling them costs more than all other columns.
ALTER TABLE ledger.roster_line ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ledger.registry_record ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE identity.person_key ALTER COLUMN wrapped SET STATISTICS 0;
CREATE OR REPLACE FUNCTION ledger.ensure_month(month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog AS $$
DECLARE
    parent text := format('roster_line_%s', to_char(month, 'YYYY_MM'));
    child text;
BEGIN
    IF month <> date_trunc('month', month) THEN
        RAISE EXCEPTION 'not the first day of a month';
    END IF;
    IF to_regclass('ledger.' || parent) IS NOT NULL THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('ledger.ensure_month'));
    -- Asked of the table and not of to_regclass, which may still remember that there was none before the wait.
    IF EXISTS (SELECT FROM pg_class WHERE relnamespace = 'ledger'::regnamespace AND relname = parent) THEN
        RETURN;
    END IF;
    EXECUTE format('CREATE TABLE ledger.%I (LIKE ledger.roster_line INCLUDING DEFAULTS INCLUDING CONSTRAINTS)
                    PARTITION BY HASH (employer_uscc)', parent);
    FOR part IN 0..3 LOOP
        child := parent || '_' || part;
        EXECUTE format('CREATE TABLE ledger.%I PARTITION OF ledger.%I FOR VALUES WITH (MODULUS 4, REMAINDER %s)', child, parent, part);
        EXECUTE format('ALTER TABLE ledger.%I ALTER COLUMN sealed SET STATISTICS 0', child);
        EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON ledger.%I EXECUTE FUNCTION ledger.refuse_change()', child);
    END LOOP;
    EXECUTE format('ALTER TABLE ledger.roster_line ATTACH PARTITION ledger.%I FOR VALUES IN (%L)', parent, month);
END
$$;

-- Asked after every few files, statistics are to say how large a table is and how its values are spread, not the last of them.
ALTER FUNCTION warehouse.analyse_changed() SET default_statistics_target = 20;
