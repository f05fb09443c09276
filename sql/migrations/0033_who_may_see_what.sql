-- Who may see what: roles, rows, one at a time with a reason. What COPY writes to (ledger, identity, staging) has no row policies,
-- which PostgreSQL refuses there: nobody but the loader is granted what identifies anybody in it.
DO $$
DECLARE
    role text;
BEGIN
    FOREACH role IN ARRAY ARRAY['clearbase_analyst', 'clearbase_clerk', 'clearbase_reviewer', 'clearbase_department', 'clearbase_auditor'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role);
        END IF;
    END LOOP;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO clearbase_loader, clearbase_analyst, clearbase_clerk, clearbase_reviewer, clearbase_department, clearbase_auditor',
                   current_database());
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO clearbase_loader', current_database());
END
$$;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO clearbase_loader;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA intake, staging, ledger, identity, quality, warehouse, mart, audit FROM PUBLIC;

-- Of which street or department a login is. A login without a row sees no rows.
CREATE SCHEMA access;
COMMENT ON SCHEMA access IS 'Of which street or department each login is';
CREATE TABLE access.login (
    login name PRIMARY KEY,
    street text,
    department text,
    granted_at timestamptz NOT NULL DEFAULT now(),
    CHECK (num_nonnulls(street, department) = 1)
);
COMMENT ON TABLE access.login IS 'Street clerks and departments: which rows they may see';
COMMENT ON COLUMN access.login.login IS 'The database login';
COMMENT ON COLUMN access.login.street IS 'Street of a clerk, as it stands in fact_residence and fact_told_street';
COMMENT ON COLUMN access.login.department IS 'Department, whose extracts it may read';
COMMENT ON COLUMN access.login.granted_at IS 'When it was granted';
CREATE FUNCTION access.my_street() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT l.street FROM access.login AS l WHERE l.login = session_user
$$;
COMMENT ON FUNCTION access.my_street() IS 'The street of who has logged in, whatever role he has taken on since';
CREATE FUNCTION access.my_department() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT l.department FROM access.login AS l WHERE l.login = session_user
$$;
COMMENT ON FUNCTION access.my_department() IS 'The department of who has logged in';
GRANT USAGE ON SCHEMA access TO clearbase_loader, clearbase_clerk, clearbase_department;
GRANT EXECUTE ON FUNCTION access.my_street() TO clearbase_clerk;
GRANT EXECUTE ON FUNCTION access.my_department() TO clearbase_department;

-- Rows. The owner of the tables, who migrates, has no policy and so sees none.
DO $$
DECLARE
    what text;
BEGIN
    FOREACH what IN ARRAY ARRAY['dim_person', 'fact_employment', 'fact_posting', 'fact_residence', 'fact_told_street', 'fact_match', 'spell_state'] LOOP
        EXECUTE format('ALTER TABLE warehouse.%I ENABLE ROW LEVEL SECURITY', what);
        EXECUTE format('ALTER TABLE warehouse.%I FORCE ROW LEVEL SECURITY', what);
        EXECUTE format('CREATE POLICY loader ON warehouse.%I TO clearbase_loader USING (true) WITH CHECK (true)', what);
        IF what <> 'spell_state' THEN
            EXECUTE format('CREATE POLICY analyst ON warehouse.%I FOR SELECT TO clearbase_analyst, clearbase_reviewer USING (true)', what);
            EXECUTE format('GRANT SELECT ON warehouse.%I TO clearbase_analyst, clearbase_clerk, clearbase_reviewer', what);
        END IF;
    END LOOP;
    FOREACH what IN ARRAY ARRAY['fact_residence', 'fact_told_street'] LOOP
        EXECUTE format('CREATE POLICY street ON warehouse.%I FOR SELECT TO clearbase_clerk USING (street = (SELECT access.my_street()))', what);
    END LOOP;
    -- Whoever lives or lived in the clerk's street, with all that is known of him; the inner tables show that street alone.
    FOREACH what IN ARRAY ARRAY['dim_person', 'fact_employment', 'fact_posting', 'fact_match'] LOOP
        EXECUTE format(
            'CREATE POLICY street ON warehouse.%1$I FOR SELECT TO clearbase_clerk USING (
                EXISTS (SELECT FROM warehouse.fact_residence AS r WHERE r.person_id = %1$I.person_id)
                OR EXISTS (SELECT FROM warehouse.fact_told_street AS r WHERE r.person_id = %1$I.person_id))', what);
    END LOOP;
END
$$;

-- The same figures; of one employer without going through those of all, and of a large one without comparing each with each.
CREATE OR REPLACE VIEW mart.headcount_month AS
SELECT r.employer_uscc, d.month,
       count(DISTINCT e.person_id) FILTER (
           WHERE e.candidate_person_id IS NULL OR NOT EXISTS (
               SELECT FROM warehouse.fact_employment AS b
               WHERE b.employer_uscc = r.employer_uscc AND b.person_id = e.candidate_person_id
                 AND b.valid_from <= d.month_end AND b.valid_to > d.month_end AND b.known_to = 'infinity')) AS persons
FROM (SELECT employer_uscc, min(period) AS first_month, max(period) AS last_month FROM ledger.standing_submission GROUP BY employer_uscc) AS r
JOIN warehouse.dim_date AS d ON d.month BETWEEN r.first_month AND r.last_month
LEFT JOIN (SELECT e.employer_uscc, e.person_id, e.valid_from, e.valid_to, p.candidate_person_id
           FROM warehouse.fact_employment AS e
           JOIN warehouse.dim_person AS p ON p.person_id = e.person_id AND p.known_to = 'infinity'
           WHERE e.known_to = 'infinity') AS e
    ON e.employer_uscc = r.employer_uscc AND e.valid_from <= d.month_end AND e.valid_to > d.month_end
GROUP BY r.employer_uscc, d.month;

-- Views ask with the rights of who asks.
ALTER VIEW ledger.effective_sheet SET (security_invoker = true);
ALTER VIEW ledger.effective_submission SET (security_invoker = true);
ALTER VIEW ledger.employer_version SET (security_invoker = true);
ALTER VIEW ledger.residence SET (security_invoker = true);
ALTER VIEW ledger.standing_submission SET (security_invoker = true);
ALTER VIEW mart.headcount_month SET (security_invoker = true);
ALTER VIEW mart.match_today SET (security_invoker = true);
ALTER VIEW mart.roster_identity SET (security_invoker = true);
ALTER VIEW warehouse.fact_training SET (security_invoker = true);

GRANT USAGE ON SCHEMA warehouse, mart, ledger TO clearbase_analyst, clearbase_clerk, clearbase_reviewer;
GRANT USAGE ON SCHEMA identity TO clearbase_analyst, clearbase_reviewer;
GRANT SELECT ON warehouse.dim_area, warehouse.dim_date, warehouse.dim_employer, warehouse.fact_submission
    TO clearbase_analyst, clearbase_clerk, clearbase_reviewer;
GRANT SELECT ON mart.headcount_month, mart.match_today TO clearbase_analyst, clearbase_clerk, clearbase_reviewer;
GRANT SELECT ON ledger.standing_submission, ledger.effective_sheet, ledger.submission, ledger.submission_unit, ledger.takes_place
    TO clearbase_analyst, clearbase_clerk, clearbase_reviewer;
GRANT SELECT (submission_id, decision_id, verdict) ON ledger.submission_decision TO clearbase_analyst, clearbase_clerk, clearbase_reviewer;
-- What trainings need, and nothing that identifies: no sealed value, no token, no number of a key.
GRANT SELECT ON warehouse.fact_training TO clearbase_analyst, clearbase_reviewer;
GRANT SELECT (line_id, submission_id, employer_uscc, report_month, sheet, disposition, trainings, training_date, recorded_at)
    ON ledger.roster_line TO clearbase_analyst, clearbase_reviewer;
GRANT SELECT (line_id, submission_id, person_id) ON identity.line_person TO clearbase_analyst, clearbase_reviewer;
GRANT SELECT ON identity.review_case TO clearbase_reviewer;
GRANT EXECUTE ON FUNCTION warehouse.employment_as_of(date, timestamptz), warehouse.residence_as_of(date, timestamptz),
    warehouse.told_street_as_of(date, timestamptz), warehouse.posting_as_of(date, timestamptz), warehouse.worked_at_as_of(date, timestamptz),
    warehouse.match_as_of(date, timestamptz), warehouse.employer_as_of(date, timestamptz), warehouse.person_as_of(timestamptz)
    TO clearbase_analyst, clearbase_clerk, clearbase_reviewer;

-- The audit: who, from where, in a chain of hashes.
DROP TRIGGER append_only ON audit.event;
ALTER TABLE audit.event ADD COLUMN client inet DEFAULT inet_client_addr(), ADD COLUMN application text DEFAULT current_setting('application_name'),
    ADD COLUMN chain bytea;
COMMENT ON COLUMN audit.event.client IS 'From where; null: over the local socket';
COMMENT ON COLUMN audit.event.application IS 'With which program, as it calls itself';
COMMENT ON COLUMN audit.event.chain IS 'SHA-256 of the event before and this one: none can be changed, put in or taken out unseen';
CREATE FUNCTION audit.link(former bytea, e audit.event) RETURNS bytea LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT sha256(coalesce(former, ''::bytea) || convert_to(jsonb_build_array(
        e.event_id, extract(epoch FROM e.happened_at), e.actor, e.action, e.subject, e.detail, e.client, e.application)::text, 'UTF8'))
$$;
COMMENT ON FUNCTION audit.link(bytea, audit.event) IS 'The chain value of an event after the former one';
DO $$
DECLARE
    former bytea;
    each audit.event;
BEGIN
    FOR each IN SELECT * FROM audit.event ORDER BY event_id LOOP
        former := audit.link(former, each);
        UPDATE audit.event SET chain = former WHERE event_id = each.event_id;
    END LOOP;
END
$$;
ALTER TABLE audit.event ALTER COLUMN chain SET NOT NULL;
ALTER TABLE audit.event ALTER COLUMN event_id DROP IDENTITY;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit.event FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE FUNCTION audit.chained() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    former audit.event;
BEGIN
    -- One after the other, in the order of their numbers.
    PERFORM pg_advisory_xact_lock(hashtext('clearbase.audit'));
    SELECT * INTO former FROM audit.event ORDER BY event_id DESC LIMIT 1;
    NEW.event_id := coalesce(former.event_id, 0) + 1;
    NEW.happened_at := clock_timestamp();
    NEW.actor := session_user;
    NEW.client := inet_client_addr();
    NEW.application := current_setting('application_name');
    NEW.chain := audit.link(former.chain, NEW);
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION audit.chained() IS 'Gives an event its number, time, actor and place in the chain, whatever was given';
CREATE TRIGGER chained BEFORE INSERT ON audit.event FOR EACH ROW EXECUTE FUNCTION audit.chained();
REVOKE EXECUTE ON FUNCTION audit.chained(), audit.link(bytea, audit.event) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.link(bytea, audit.event) TO clearbase_loader;
GRANT USAGE ON SCHEMA audit TO clearbase_reviewer, clearbase_auditor;
GRANT SELECT ON audit.event TO clearbase_auditor;

-- What a reviewer reveals: one line at a time, of an open case, with a reason, written down before it is told.
CREATE FUNCTION audit.reveal_line(line bigint, reason text)
RETURNS TABLE (line_id bigint, key_no bigint, sealed bytea, wrapped bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    whose bigint;
    lately integer;
BEGIN
    IF length(trim(coalesce(reason, ''))) < 8 THEN
        RAISE EXCEPTION 'say why, in eight characters or more' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF EXISTS (SELECT FROM audit.event AS e WHERE e.action = 'reveal' AND e.detail->>'transaction' = pg_current_xact_id()::text) THEN
        RAISE EXCEPTION 'one line at a time: each in a transaction of its own' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT c.person_id INTO whose FROM identity.line_person AS p
    JOIN identity.review_case AS c ON c.person_id = p.person_id OR c.candidate_person_id = p.person_id
    WHERE p.line_id = line LIMIT 1;
    IF whose IS NULL THEN
        RAISE EXCEPTION 'line % belongs to no open case', line USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO audit.event (action, subject, detail)
    VALUES ('reveal', 'line ' || line, jsonb_build_object('person', whose, 'reason', left(trim(reason), 200), 'transaction', pg_current_xact_id()::text));
    SELECT count(*) INTO lately FROM audit.event AS e
    WHERE e.action = 'reveal' AND e.actor = session_user AND e.happened_at > clock_timestamp() - interval '1 hour';
    IF lately % 30 = 0 THEN
        INSERT INTO audit.event (action, subject, detail)
        VALUES ('alert', 'reveals by ' || session_user, jsonb_build_object('within an hour', lately));
    END IF;
    RETURN QUERY
    SELECT l.line_id, l.key_no, l.sealed, k.wrapped
    FROM ledger.submission AS s
    JOIN ledger.roster_line AS l ON l.report_month = s.period AND l.employer_uscc = s.employer_uscc AND l.line_id = line
    JOIN identity.person_key AS k ON k.key_no = l.key_no
    WHERE s.submission_id = line / 16777216;
END
$$;
COMMENT ON FUNCTION audit.reveal_line(bigint, text) IS
    'A sealed line of an open review case, with its wrapped key, after the audit has it; an alert at every thirtieth within an hour';

-- What a department gets: an extract under pseudonyms of its own, so that two extracts cannot be joined on them.
CREATE SCHEMA extract;
COMMENT ON SCHEMA extract IS 'What departments were given: rows under pseudonyms that differ from extract to extract';
CREATE TABLE extract.export (
    export_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    department text NOT NULL,
    purpose text NOT NULL,
    on_day date NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    salt bytea NOT NULL
);
COMMENT ON TABLE extract.export IS 'An extract that a department was given';
COMMENT ON COLUMN extract.export.export_id IS 'Number of the extract';
COMMENT ON COLUMN extract.export.department IS 'For whom';
COMMENT ON COLUMN extract.export.purpose IS 'What for';
COMMENT ON COLUMN extract.export.on_day IS 'Who worked on this day';
COMMENT ON COLUMN extract.export.made_at IS 'When it was made';
COMMENT ON COLUMN extract.export.salt IS 'What its pseudonyms are made with; granted to nobody';
CREATE TABLE extract.employed (
    export_id bigint NOT NULL REFERENCES extract.export,
    pseudonym text NOT NULL,
    employer_uscc text NOT NULL,
    sex text,
    birth_year integer,
    match_state text,
    PRIMARY KEY (export_id, pseudonym, employer_uscc)
);
COMMENT ON TABLE extract.employed IS 'Who worked where on the day of an extract';
COMMENT ON COLUMN extract.employed.export_id IS 'Of which extract';
COMMENT ON COLUMN extract.employed.pseudonym IS 'The person, within this extract alone';
COMMENT ON COLUMN extract.employed.employer_uscc IS 'Employer';
COMMENT ON COLUMN extract.employed.sex IS 'GB/T 2261.1 in words';
COMMENT ON COLUMN extract.employed.birth_year IS 'Year of birth';
COMMENT ON COLUMN extract.employed.match_state IS 'How rosters and registry fit together on that day';
ALTER TABLE extract.export ENABLE ROW LEVEL SECURITY;
ALTER TABLE extract.export FORCE ROW LEVEL SECURITY;
ALTER TABLE extract.employed ENABLE ROW LEVEL SECURITY;
ALTER TABLE extract.employed FORCE ROW LEVEL SECURITY;
CREATE POLICY loader ON extract.export TO clearbase_loader USING (true) WITH CHECK (true);
CREATE POLICY loader ON extract.employed TO clearbase_loader USING (true) WITH CHECK (true);
CREATE POLICY own ON extract.export FOR SELECT TO clearbase_department USING (department = (SELECT access.my_department()));
CREATE POLICY own ON extract.employed FOR SELECT TO clearbase_department
    USING (export_id IN (SELECT e.export_id FROM extract.export AS e));
CREATE VIEW extract.given WITH (security_invoker = true) AS
SELECT e.export_id, e.purpose, e.on_day, e.made_at, p.pseudonym, p.employer_uscc, p.sex, p.birth_year, p.match_state
FROM extract.export AS e JOIN extract.employed AS p USING (export_id);
COMMENT ON VIEW extract.given IS 'The rows that a department was given, extract by extract';
GRANT USAGE ON SCHEMA extract TO clearbase_loader, clearbase_department, clearbase_reviewer;
GRANT SELECT, INSERT ON extract.export, extract.employed TO clearbase_loader;
GRANT SELECT (export_id, department, purpose, on_day, made_at) ON extract.export TO clearbase_department;
GRANT SELECT ON extract.employed, extract.given TO clearbase_department;

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
    INSERT INTO audit.event (action, subject, detail)
    VALUES ('export', 'department ' || trim(department), jsonb_build_object('purpose', left(trim(purpose), 200), 'day', day));
    INSERT INTO extract.export (department, purpose, on_day, salt) VALUES (trim(department), left(trim(purpose), 200), day, salt)
    RETURNING export.export_id INTO made;
    INSERT INTO extract.employed (export_id, pseudonym, employer_uscc, sex, birth_year, match_state)
    SELECT DISTINCT ON (e.person_id, e.employer_uscc)
           made, encode(substr(sha256(salt || int8send(e.person_id)), 1, 12), 'hex'), e.employer_uscc, p.sex, extract(year FROM p.birth_month)::integer, m.state
    FROM warehouse.employment_as_of(day) AS e
    JOIN warehouse.dim_person AS p ON p.person_id = e.person_id AND p.known_to = 'infinity'
    LEFT JOIN warehouse.match_as_of(day) AS m ON m.person_id = e.person_id
    ORDER BY e.person_id, e.employer_uscc;
    GET DIAGNOSTICS told = ROW_COUNT;
    RETURN QUERY SELECT made, told;
END
$$;
COMMENT ON FUNCTION audit.export_employed(text, text, date) IS
    'Give a department who worked where on a day, under pseudonyms of this extract alone, after the audit has it';

-- They read and write as the loader, whose rights they need, not as the owner of the tables, who sees no rows.
GRANT CREATE ON SCHEMA audit TO clearbase_loader;
SET LOCAL ROLE NONE;
ALTER FUNCTION audit.reveal_line(bigint, text) OWNER TO clearbase_loader;
ALTER FUNCTION audit.export_employed(text, text, date) OWNER TO clearbase_loader;
REVOKE CREATE ON SCHEMA audit FROM clearbase_loader;
SET LOCAL ROLE clearbase_loader;
REVOKE EXECUTE ON FUNCTION audit.reveal_line(bigint, text), audit.export_employed(text, text, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.reveal_line(bigint, text), audit.export_employed(text, text, date) TO clearbase_reviewer;
RESET ROLE;
