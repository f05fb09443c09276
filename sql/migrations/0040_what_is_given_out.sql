-- What is given out, and by whose rights. What only the server's administrator may do is done as who has logged in (SET LOCAL ROLE
-- NONE): in the embedded server that is he, in a server of one's own the login that migrates.

-- An unlisted pg_temp is searched before pg_catalog: a temporary view of the loader's would stand in its place, with the owner's rights.
DO $$
DECLARE
    each regprocedure;
BEGIN
    FOR each IN SELECT p.oid FROM pg_proc AS p
                WHERE p.prosecdef AND p.pronamespace::regnamespace::text IN ('staging', 'ledger', 'warehouse', 'access', 'audit')
                  AND p.proowner = current_user::regrole LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, pg_temp', each);
    END LOOP;
END
$$;

-- Functions that give out belong to a role that nobody logs in as and that has just the rights that they need.
SET LOCAL ROLE NONE;
DO $$
DECLARE
    role text;
    each regprocedure;
    with_set text := CASE WHEN current_setting('server_version_num')::integer >= 160000 THEN ' WITH INHERIT FALSE, SET TRUE' ELSE '' END;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'clearbase_disclosure') THEN
        CREATE ROLE clearbase_disclosure NOLOGIN;
    END IF;
    -- Who makes a role may, since PostgreSQL 16, not take it on without being given it: `psql --role`, reveal, export in a server of one's own.
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        FOREACH role IN ARRAY ARRAY['clearbase_analyst', 'clearbase_clerk', 'clearbase_reviewer', 'clearbase_department', 'clearbase_auditor',
                                    'clearbase_disclosure'] LOOP
            BEGIN
                EXECUTE format('GRANT %I TO %I', role, current_user) || with_set;
            EXCEPTION WHEN insufficient_privilege THEN
                NULL;  -- made by another, who has to give it
            END;
        END LOOP;
    END IF;
    -- The owner of the tables cannot become the loader any more.
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'clearbase_owner') THEN
        REVOKE clearbase_loader FROM clearbase_owner;
    END IF;
    -- Whoever holds one of our advisory locks stops the house, and large objects are anybody's who makes them.
    FOR each IN SELECT p.oid FROM pg_proc AS p WHERE p.pronamespace = 'pg_catalog'::regnamespace
                AND (p.proname ~ '^pg_(try_)?advisory_(xact_)?lock' OR p.proname IN ('lo_creat', 'lo_create', 'lo_from_bytea')) LOOP
        BEGIN
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO clearbase_loader, %I', each,
                           (SELECT r.rolname FROM pg_namespace AS n JOIN pg_roles AS r ON r.oid = n.nspowner WHERE n.nspname = 'audit'));
            EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', each);
        EXCEPTION WHEN insufficient_privilege THEN
            NULL;  -- the administrator of that server may (docs/roles.md)
        END;
    END LOOP;
END
$$;
RESET ROLE;

GRANT USAGE ON SCHEMA audit, identity, ledger, warehouse, extract TO clearbase_disclosure;
GRANT SELECT, INSERT ON audit.event TO clearbase_disclosure;
GRANT SELECT ON ledger.submission, identity.review_case TO clearbase_disclosure;
GRANT SELECT (line_id, report_month, employer_uscc, key_no, sealed) ON ledger.roster_line TO clearbase_disclosure;
GRANT SELECT (record_id, key_no, sealed) ON ledger.registry_record TO clearbase_disclosure;
GRANT SELECT (key_no, wrapped) ON identity.person_key TO clearbase_disclosure;
GRANT SELECT (line_id, person_id) ON identity.line_person TO clearbase_disclosure;
GRANT SELECT (record_id, person_id) ON identity.record_person TO clearbase_disclosure;
GRANT SELECT ON warehouse.fact_employment, warehouse.fact_match, warehouse.dim_person TO clearbase_disclosure;
GRANT EXECUTE ON FUNCTION warehouse.match_as_of(date, timestamptz) TO clearbase_disclosure;
GRANT INSERT ON extract.export, extract.employed TO clearbase_disclosure;
GRANT USAGE ON SEQUENCE extract.export_export_id_seq TO clearbase_disclosure;
CREATE POLICY disclosure ON warehouse.fact_employment FOR SELECT TO clearbase_disclosure USING (true);
CREATE POLICY disclosure ON warehouse.fact_match FOR SELECT TO clearbase_disclosure USING (true);
CREATE POLICY disclosure ON warehouse.dim_person FOR SELECT TO clearbase_disclosure USING (true);
CREATE POLICY disclosure ON extract.export FOR INSERT TO clearbase_disclosure WITH CHECK (true);
CREATE POLICY disclosure ON extract.employed FOR INSERT TO clearbase_disclosure WITH CHECK (true);

-- A ledger line's number is its row's place in the file: who has the file would know who it is. (So is a person's id, of his first line:
-- docs/roles.md.) The numbers of lines are for the loader, and, to ask for one, for the reviewer.
DO $$
DECLARE
    what text;
    columns text;
BEGIN
    FOREACH what IN ARRAY ARRAY['dim_person', 'fact_employment', 'fact_posting', 'fact_told_street'] LOOP
        SELECT string_agg(quote_ident(a.attname), ', ') INTO columns FROM pg_attribute AS a
        WHERE a.attrelid = format('warehouse.%I', what)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attname !~ 'line_id$';
        EXECUTE format('REVOKE SELECT ON warehouse.%I FROM clearbase_analyst, clearbase_clerk, clearbase_reviewer', what);
        EXECUTE format('GRANT SELECT (%s) ON warehouse.%I TO clearbase_analyst, clearbase_clerk, clearbase_reviewer', columns, what);
    END LOOP;
END
$$;
REVOKE SELECT (line_id, submission_id, employer_uscc, report_month, sheet, disposition, trainings, training_date, recorded_at)
    ON ledger.roster_line FROM clearbase_analyst;
REVOKE SELECT (line_id, submission_id, person_id) ON identity.line_person FROM clearbase_analyst;
REVOKE USAGE ON SCHEMA identity FROM clearbase_analyst;
GRANT SELECT (record_id, person_id, current) ON identity.record_person TO clearbase_reviewer;
REVOKE SELECT ON warehouse.fact_training FROM clearbase_analyst, clearbase_reviewer;
-- The one view with its owner's rights: it joins by lines, which are granted to none of those who ask it.
ALTER VIEW warehouse.fact_training SET (security_invoker = false, security_barrier = true);
GRANT SELECT (person_id, employer_uscc, training_date, trainings, period, known_from) ON warehouse.fact_training TO clearbase_analyst, clearbase_reviewer;

-- As before, without the lines.
DROP FUNCTION warehouse.employment_as_of(date, timestamptz);
CREATE FUNCTION warehouse.employment_as_of(on_day date, known_at timestamptz DEFAULT 'infinity')
RETURNS TABLE (person_id bigint, employer_uscc text, valid_from date, valid_to date, leave_earliest date, start_evidence text, leave_evidence text,
               known_from timestamptz, known_to timestamptz) LANGUAGE sql STABLE AS $$
    SELECT person_id, employer_uscc, valid_from, valid_to, leave_earliest, start_evidence, leave_evidence, known_from, known_to
    FROM warehouse.fact_employment
    WHERE valid_from <= on_day AND valid_to > on_day
      AND known_from <= known_at AND (known_to > known_at OR known_to = 'infinity' AND known_at = 'infinity')
$$;
COMMENT ON FUNCTION warehouse.employment_as_of(date, timestamptz) IS
    'Spells of employment that cover a day, as they were believed at a moment (default: as they are believed now)';
DROP FUNCTION warehouse.posting_as_of(date, timestamptz);
CREATE FUNCTION warehouse.posting_as_of(on_day date, known_at timestamptz DEFAULT 'infinity')
RETURNS TABLE (person_id bigint, employer_uscc text, role text, party text, told_from date, valid_from date, valid_to date,
               known_from timestamptz, known_to timestamptz) LANGUAGE sql STABLE AS $$
    SELECT person_id, employer_uscc, role, party, told_from, valid_from, valid_to, known_from, known_to
    FROM warehouse.fact_posting
    WHERE valid_from <= on_day AND valid_to > on_day
      AND known_from <= known_at AND (known_to > known_at OR known_to = 'infinity' AND known_at = 'infinity')
$$;
COMMENT ON FUNCTION warehouse.posting_as_of(date, timestamptz) IS
    'At which unit a person works, and which agency sent him, on a day, as it was believed at a moment (default: as it is believed now)';
DROP FUNCTION warehouse.told_street_as_of(date, timestamptz);
CREATE FUNCTION warehouse.told_street_as_of(on_day date, known_at timestamptz DEFAULT 'infinity')
RETURNS TABLE (person_id bigint, street text, valid_from date, valid_to date, known_from timestamptz, known_to timestamptz) LANGUAGE sql STABLE AS $$
    SELECT person_id, street, valid_from, valid_to, known_from, known_to
    FROM warehouse.fact_told_street
    WHERE valid_from <= on_day AND valid_to > on_day
      AND known_from <= known_at AND (known_to > known_at OR known_to = 'infinity' AND known_at = 'infinity')
$$;
COMMENT ON FUNCTION warehouse.told_street_as_of(date, timestamptz) IS
    'In which street rosters say that a person lives on a day, as it was believed at a moment (default: as it is believed now)';
DROP FUNCTION warehouse.person_as_of(timestamptz);
CREATE FUNCTION warehouse.person_as_of(known_at timestamptz DEFAULT 'infinity')
RETURNS TABLE (person_id bigint, registry_record_id bigint, candidate_person_id bigint, sex text, birth_month date,
               known_from timestamptz, known_to timestamptz) LANGUAGE sql STABLE AS $$
    SELECT person_id, registry_record_id, candidate_person_id, sex, birth_month, known_from, known_to
    FROM warehouse.dim_person
    WHERE known_from <= known_at AND (known_to > known_at OR known_to = 'infinity' AND known_at = 'infinity')
$$;
COMMENT ON FUNCTION warehouse.person_as_of(timestamptz) IS 'Persons and their attributes as they were believed at a moment (default: now)';
REVOKE EXECUTE ON FUNCTION warehouse.employment_as_of(date, timestamptz), warehouse.posting_as_of(date, timestamptz),
    warehouse.told_street_as_of(date, timestamptz), warehouse.person_as_of(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION warehouse.employment_as_of(date, timestamptz), warehouse.posting_as_of(date, timestamptz),
    warehouse.told_street_as_of(date, timestamptz), warehouse.person_as_of(timestamptz)
    TO clearbase_loader, clearbase_analyst, clearbase_clerk, clearbase_reviewer;
GRANT EXECUTE ON FUNCTION warehouse.employment_as_of(date, timestamptz) TO clearbase_disclosure;

-- What is given out is asked for in one transaction and told in another: what was rolled back is in no audit, and is not told.
DROP FUNCTION audit.reveal_line(bigint, text);
DROP FUNCTION audit.export_employed(text, text, date);
CREATE FUNCTION audit.cleaned(told text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT left(trim(regexp_replace(told, '[0-9]{6,}[Xx]?', '○○○○', 'g')), 200)
$$;
COMMENT ON FUNCTION audit.cleaned(text) IS 'Words of a person as the audit keeps them: without long numbers, at most 200 letters';
CREATE FUNCTION audit.note_given(acted text, subject text, detail jsonb, usual integer) RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    given bigint;
    lately integer;
BEGIN
    INSERT INTO audit.event (action, subject, detail) VALUES (acted, note_given.subject, note_given.detail) RETURNING event_id INTO given;
    SELECT count(*) INTO lately FROM audit.event AS e
    WHERE e.action = acted AND e.actor = session_user AND e.happened_at > clock_timestamp() - interval '1 hour';
    IF lately % usual = 0 THEN
        INSERT INTO audit.event (action, subject, detail)
        VALUES ('alert', format('%ss by %s', acted, session_user), jsonb_build_object('within an hour', lately));
    END IF;
    RETURN given;
END
$$;
COMMENT ON FUNCTION audit.note_given(text, text, jsonb, integer) IS
    'An event of something given out, and an alert at every so manieth of a login within an hour';

CREATE FUNCTION audit.ask_reveal(what text, id bigint, reason text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    whose bigint;
BEGIN
    IF length(trim(coalesce(reason, ''))) < 8 THEN
        RAISE EXCEPTION 'say why, in eight characters or more' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF EXISTS (SELECT FROM audit.event AS e WHERE e.action = 'reveal' AND e.detail->>'transaction' = pg_current_xact_id()::text) THEN
        RAISE EXCEPTION 'one at a time: each in a transaction of its own' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT c.person_id INTO whose
    FROM (SELECT p.person_id FROM identity.line_person AS p WHERE what = 'line' AND p.line_id = id
          UNION ALL SELECT r.person_id FROM identity.record_person AS r WHERE what = 'record' AND r.record_id = id) AS p
    JOIN identity.review_case AS c ON p.person_id IN (c.person_id, c.candidate_person_id) LIMIT 1;
    IF whose IS NULL THEN
        RAISE EXCEPTION '% % belongs to no open case', what, id USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN audit.note_given('reveal', format('%s %s', what, id), jsonb_build_object(
        'person', whose, 'reason', audit.cleaned(reason), 'transaction', pg_current_xact_id()::text), 30);
END
$$;
COMMENT ON FUNCTION audit.ask_reveal(text, bigint, text) IS
    'Ask for a line or a registry record of an open review case: the number of the audit''s event, which audit.reveal takes once it is committed; an alert at every thirtieth within an hour';
CREATE FUNCTION audit.reveal(event bigint) RETURNS TABLE (what text, id bigint, key_no bigint, sealed bytea, wrapped bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    subject text;
    asked bigint;
BEGIN
    -- An event of another transaction that can be seen is committed: nothing takes it out of the audit any more.
    SELECT e.subject, split_part(e.subject, ' ', 2)::bigint INTO subject, asked FROM audit.event AS e
    WHERE e.event_id = event AND e.action = 'reveal' AND e.actor = session_user
      AND e.happened_at > clock_timestamp() - interval '5 minutes' AND e.detail->>'transaction' <> pg_current_xact_id()::text;
    IF asked IS NULL THEN
        RAISE EXCEPTION 'ask first, by audit.ask_reveal in a transaction of its own, within five minutes' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF subject LIKE 'record %' THEN
        RETURN QUERY SELECT 'record', r.record_id, r.key_no, r.sealed, k.wrapped
        FROM ledger.registry_record AS r JOIN identity.person_key AS k ON k.key_no = r.key_no WHERE r.record_id = asked;
    ELSE
        RETURN QUERY SELECT 'line', l.line_id, l.key_no, l.sealed, k.wrapped
        FROM ledger.submission AS s
        JOIN ledger.roster_line AS l ON l.report_month = s.period AND l.employer_uscc = s.employer_uscc AND l.line_id = asked
        JOIN identity.person_key AS k ON k.key_no = l.key_no
        WHERE s.submission_id = asked / 16777216;
    END IF;
END
$$;
COMMENT ON FUNCTION audit.reveal(bigint) IS 'What was asked for by the same login within five minutes: the sealed line or record, with its wrapped key; none where it was erased';

CREATE FUNCTION audit.export_employed(department text, purpose text, day date)
RETURNS TABLE (export_id bigint, rows bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    made bigint;
    told bigint;
    salt bytea := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
BEGIN
    IF length(trim(coalesce(purpose, ''))) < 8 OR length(trim(coalesce(department, ''))) = 0 OR day IS NULL THEN
        RAISE EXCEPTION 'say for which department, for which day and, in eight characters or more, what for' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    made := nextval('extract.export_export_id_seq');
    PERFORM audit.note_given('export', 'department ' || audit.cleaned(department),
                             jsonb_build_object('extract', made, 'purpose', audit.cleaned(purpose), 'day', day), 10);
    INSERT INTO extract.export (export_id, department, purpose, on_day, salt) OVERRIDING SYSTEM VALUE
    VALUES (made, trim(department), audit.cleaned(purpose), day, salt);
    -- Rows lie in the order of their pseudonyms: in that of persons, two extracts would be joined by the places of their rows.
    INSERT INTO extract.employed (export_id, pseudonym, employer_uscc, sex, birth_year, match_state)
    SELECT made, e.pseudonym, e.employer_uscc, e.sex, e.birth_year, e.state
    FROM (SELECT DISTINCT ON (e.person_id, e.employer_uscc) encode(substr(sha256(salt || int8send(e.person_id)), 1, 12), 'hex') AS pseudonym,
                 e.employer_uscc, p.sex, extract(year FROM p.birth_month)::integer AS birth_year, m.state
          FROM warehouse.employment_as_of(day) AS e
          JOIN warehouse.dim_person AS p ON p.person_id = e.person_id AND p.known_to = 'infinity'
          LEFT JOIN warehouse.match_as_of(day) AS m ON m.person_id = e.person_id
          ORDER BY e.person_id, e.employer_uscc) AS e
    ORDER BY e.pseudonym, e.employer_uscc;
    GET DIAGNOSTICS told = ROW_COUNT;
    INSERT INTO audit.event (action, subject, detail) VALUES ('exported', 'extract ' || made, jsonb_build_object('rows', told));
    RETURN QUERY SELECT made, told;
END
$$;
COMMENT ON FUNCTION audit.export_employed(text, text, date) IS
    'Give a department who worked where on a day, under pseudonyms of this extract alone, after the audit has it; an alert at every tenth within an hour';
CLUSTER extract.employed USING employed_pkey;

REVOKE EXECUTE ON FUNCTION audit.cleaned(text), audit.note_given(text, text, jsonb, integer), audit.ask_reveal(text, bigint, text), audit.reveal(bigint),
    audit.export_employed(text, text, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.cleaned(text), audit.note_given(text, text, jsonb, integer) TO clearbase_disclosure;
GRANT EXECUTE ON FUNCTION audit.ask_reveal(text, bigint, text), audit.reveal(bigint), audit.export_employed(text, text, date) TO clearbase_reviewer;
GRANT CREATE ON SCHEMA audit TO clearbase_disclosure;
SET LOCAL ROLE NONE;
ALTER FUNCTION audit.ask_reveal(text, bigint, text) OWNER TO clearbase_disclosure;
ALTER FUNCTION audit.reveal(bigint) OWNER TO clearbase_disclosure;
ALTER FUNCTION audit.export_employed(text, text, date) OWNER TO clearbase_disclosure;
RESET ROLE;
REVOKE CREATE ON SCHEMA audit FROM clearbase_disclosure;
