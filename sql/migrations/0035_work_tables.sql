-- What a publication derives is worked out in temporary tables. Made anew for each file they cost more than the files of most
-- employers: entries of the catalogue, and two files more for each that holds a text. Now a session makes them once, and they are
-- empty at the end of each transaction.
CREATE FUNCTION staging.work_tables() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    left_over text;
BEGIN
    IF to_regclass('pg_temp.derived_match') IS NOT NULL THEN
        -- A transaction that was rolled back leaves room that nobody uses and everybody goes through.
        SELECT string_agg(relname, ', ') INTO left_over
        FROM pg_class
        WHERE relname = ANY ('{affected,covered,named_spell,doubtful_line,missed,derived_spell,told_party,derived_posting,known_person,whole,told_line,derived_person,derived_street,person_employment,person_residence,derived_match,line_in_hand,met}')
          AND relnamespace = pg_my_temp_schema() AND pg_relation_size(oid) > 0;
        IF left_over IS NOT NULL THEN
            EXECUTE 'TRUNCATE ' || left_over;
        END IF;
        RETURN;
    END IF;
    -- The persons who are derived again; folds: what is known is kept on with.
    CREATE TEMPORARY TABLE affected (person_id bigint NOT NULL, folds boolean NOT NULL DEFAULT false) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE covered (period date, unit text, whole boolean) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE named_spell (
        person_id bigint, spell_no integer, first_month date, last_named date, last_active date, hire_date date, leave_date date,
        left_by date, newest_hire date, newest_leave date, unit text, absent_by date, first_line_id bigint, last_line_id bigint
    ) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE doubtful_line (
        period date, doubted boolean, number bytea, name bytea, phone bytea, hire_date date, candidate_person_id bigint
    ) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE missed (person_id bigint, spell_no integer, absent_by date) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE derived_spell (
        person_id bigint, valid_from date, valid_to date, leave_earliest date, start_evidence text, leave_evidence text, first_line_id bigint
    ) ON COMMIT DELETE ROWS;
    -- What rosters tell of units and agencies of the affected persons at one employer, by month.
    CREATE TEMPORARY TABLE told_party (
        person_id bigint NOT NULL, role text NOT NULL, month date NOT NULL, line_id bigint NOT NULL, party text
    ) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE derived_posting (
        person_id bigint, role text, party text, told_from date, valid_from date, valid_to date, line_id bigint
    ) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE known_person (person_id bigint) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE whole (person_id bigint) ON COMMIT DELETE ROWS;
    -- What rosters tell of the affected persons: values of effective rosters; of one that was replaced no more than that it named
    -- the person (a row without values).
    CREATE TEMPORARY TABLE told_line (
        person_id bigint NOT NULL, line_id bigint, month date, sex text, birth_month date, street text
    ) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE derived_person (
        person_id bigint, registry_record_id bigint, candidate_person_id bigint, sex text, sex_line_id bigint, birth_month date,
        birth_line_id bigint
    ) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE derived_street (person_id bigint, street text, valid_from date, valid_to date, line_id bigint) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE person_employment (person_id bigint, valid_from date, valid_to date) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE person_residence (person_id bigint, record_id bigint, street text, valid_from date, valid_to date) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE line_in_hand (
        person_id bigint, line_id bigint, report_month date, sex text, birth_month date, current_street text, hire_date date,
        leave_date date, unit text, left_now boolean
    ) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE met (
        number bytea, name bytea, is_new boolean, was bigint, candidate_was bigint, person_id bigint, candidate_person_id bigint
    ) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE derived_match (person_id bigint, state text, valid_from date, valid_to date, record_id bigint) ON COMMIT DELETE ROWS;
END
$$;
COMMENT ON FUNCTION staging.work_tables() IS 'Makes the session''s temporary tables of a publication, or empties what a rolled-back transaction left in them';
GRANT EXECUTE ON FUNCTION staging.work_tables() TO clearbase_loader;

-- Asked while a base fills up, of every table that grows with it.
ALTER FUNCTION warehouse.analyse_changed() SET default_statistics_target = 10;

-- Room beside each line for the same one with its person: an update there touches no index.
ALTER TABLE staging.line SET (fillfactor = 50);
