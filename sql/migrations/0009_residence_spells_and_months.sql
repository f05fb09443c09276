-- What last_line_id is for. Moving it in place keeps a spell one recorded row however many months confirm it.
COMMENT ON COLUMN warehouse.fact_employment.last_line_id IS
    'Newest ledger line that names the spell, moved in place month by month: today''s evidence, not what was known at known_from. Questions "as known on date X" must not use it';

-- The one place that says which spell a registry record tells.
CREATE VIEW ledger.residence AS
SELECT record_id, street, coalesce(registered_on, recorded_at::date) AS valid_from,
       greatest(coalesce(cancelled_on, CASE WHEN registered THEN 'infinity'::date ELSE recorded_at::date END),
                coalesce(registered_on, recorded_at::date)) AS valid_to
FROM ledger.registry_record;
COMMENT ON VIEW ledger.residence IS 'The spell of residence that each registry record tells';
COMMENT ON COLUMN ledger.residence.record_id IS 'The registry record';
COMMENT ON COLUMN ledger.residence.street IS 'Street of residence';
COMMENT ON COLUMN ledger.residence.valid_from IS 'Date of registration; where the record has none, the day on which we were told';
COMMENT ON COLUMN ledger.residence.valid_to IS 'Date of cancellation; where the record has none but is cancelled, the day on which we were told';
GRANT SELECT ON ledger.residence TO clearbase_loader;

-- A month's partitions are made apart and then attached: that waits for no reader (a long verify), and no reader for it.
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
        EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON ledger.%I EXECUTE FUNCTION ledger.refuse_change()', child);
    END LOOP;
    EXECUTE format('ALTER TABLE ledger.roster_line ATTACH PARTITION ledger.%I FOR VALUES IN (%L)', parent, month);
END
$$;
