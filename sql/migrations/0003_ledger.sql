CREATE TABLE ledger.employer (
    entry_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    uscc text NOT NULL CHECK (length(uscc) = 18),
    name text,
    street text,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    recorded_by text NOT NULL
);
CREATE INDEX ON ledger.employer (uscc);
COMMENT ON TABLE ledger.employer IS 'What was recorded of an employer; the newest entry holds';
COMMENT ON COLUMN ledger.employer.entry_id IS 'Number of the entry';
COMMENT ON COLUMN ledger.employer.uscc IS 'Unified social credit code (GB 32100)';
COMMENT ON COLUMN ledger.employer.name IS 'Full name as registered';
COMMENT ON COLUMN ledger.employer.street IS 'Street (街道) that answers for it';
COMMENT ON COLUMN ledger.employer.recorded_at IS 'When it was recorded';
COMMENT ON COLUMN ledger.employer.recorded_by IS 'Which way it came in';

CREATE TABLE ledger.submission (
    submission_id bigint PRIMARY KEY REFERENCES intake.submission,
    employer_uscc text NOT NULL,
    period date NOT NULL,
    kind text NOT NULL CHECK (kind IN ('full', 'joiners', 'leavers')),
    lines integer NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON ledger.submission (employer_uscc, period);
COMMENT ON TABLE ledger.submission IS 'A submission that was published; a later full roster of the same employer and month replaces it';
COMMENT ON COLUMN ledger.submission.submission_id IS 'The submission';
COMMENT ON COLUMN ledger.submission.employer_uscc IS 'The employer';
COMMENT ON COLUMN ledger.submission.period IS 'Report month, its first day';
COMMENT ON COLUMN ledger.submission.kind IS 'full, joiners or leavers';
COMMENT ON COLUMN ledger.submission.lines IS 'Ledger lines that it wrote, quarantined and repeated ones included';
COMMENT ON COLUMN ledger.submission.recorded_at IS 'When we knew';

CREATE TABLE ledger.roster_line (
    line_id bigint NOT NULL,
    submission_id bigint NOT NULL,
    employer_uscc text NOT NULL,
    report_month date NOT NULL,
    sheet smallint NOT NULL,
    row_no integer NOT NULL,
    disposition text NOT NULL CHECK (disposition IN ('published', 'quarantined', 'repeated')),
    rule_bits bigint NOT NULL,
    number_state text NOT NULL CHECK (number_state IN ('usable', 'lost', 'missing')),
    sex text,
    birth_month date,
    hire_date date,
    leave_date date,
    employment_status text,
    education text,
    key_no bigint NOT NULL,
    sealed bytea NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (report_month, employer_uscc, line_id)
) PARTITION BY LIST (report_month);
COMMENT ON TABLE ledger.roster_line IS 'Every roster line ever taken; partitioned by report month, then by employer';
COMMENT ON COLUMN ledger.roster_line.line_id IS 'submission_id × 2^24 + number of the line within the submission';
COMMENT ON COLUMN ledger.roster_line.submission_id IS 'The submission';
COMMENT ON COLUMN ledger.roster_line.employer_uscc IS 'The employer';
COMMENT ON COLUMN ledger.roster_line.report_month IS 'Report month, its first day';
COMMENT ON COLUMN ledger.roster_line.sheet IS 'Sheet, from 1';
COMMENT ON COLUMN ledger.roster_line.row_no IS 'Row, from 1, as the employer sees it';
COMMENT ON COLUMN ledger.roster_line.disposition IS 'published, quarantined or repeated';
COMMENT ON COLUMN ledger.roster_line.rule_bits IS 'Bit set of the rules that flagged it (expectations/roster_line.json)';
COMMENT ON COLUMN ledger.roster_line.number_state IS 'Whether its identity number is usable, lost or missing';
COMMENT ON COLUMN ledger.roster_line.sex IS 'male or female';
COMMENT ON COLUMN ledger.roster_line.birth_month IS 'Month of birth, its first day; the day is sealed';
COMMENT ON COLUMN ledger.roster_line.hire_date IS 'First day of employment; a month alone counts from its first day';
COMMENT ON COLUMN ledger.roster_line.leave_date IS 'First day that no longer counts';
COMMENT ON COLUMN ledger.roster_line.employment_status IS 'active or left';
COMMENT ON COLUMN ledger.roster_line.education IS 'Level of education';
COMMENT ON COLUMN ledger.roster_line.key_no IS 'Which key of identity.person_key opens it';
COMMENT ON COLUMN ledger.roster_line.sealed IS 'All values of the line, as JSON, sealed (AES-256-GCM)';
COMMENT ON COLUMN ledger.roster_line.recorded_at IS 'When we knew';

-- The loader may not create tables; this makes the partitions of a month, with the guard against TRUNCATE on each.
CREATE FUNCTION ledger.ensure_month(month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
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
    IF to_regclass('ledger.' || parent) IS NOT NULL THEN
        RETURN;
    END IF;
    EXECUTE format('CREATE TABLE ledger.%I PARTITION OF ledger.roster_line FOR VALUES IN (%L) PARTITION BY HASH (employer_uscc)',
                   parent, month);
    FOR part IN 0..3 LOOP
        child := parent || '_' || part;
        EXECUTE format('CREATE TABLE ledger.%I PARTITION OF ledger.%I FOR VALUES WITH (MODULUS 4, REMAINDER %s)', child, parent, part);
        EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON ledger.%I EXECUTE FUNCTION ledger.refuse_change()', child);
    END LOOP;
END
$$;
COMMENT ON FUNCTION ledger.ensure_month(date) IS 'Makes the partitions of a report month if they are not there';
REVOKE ALL ON FUNCTION ledger.ensure_month(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.ensure_month(date) TO clearbase_loader;
CREATE INDEX ON ledger.roster_line (submission_id);

CREATE TABLE ledger.registry_load (
    load_id bigint PRIMARY KEY,
    file_name text NOT NULL,
    file_sha256 bytea NOT NULL,
    rows_read integer NOT NULL,
    rows_loaded integer NOT NULL,
    rows_known integer NOT NULL,
    rows_quarantined integer NOT NULL,
    rows_set_aside integer NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT every_row_accounted CHECK (rows_read = rows_loaded + rows_known + rows_quarantined + rows_set_aside)
);
COMMENT ON TABLE ledger.registry_load IS 'One extract of the resident registry that was taken in';
COMMENT ON COLUMN ledger.registry_load.load_id IS 'Number from the house-wide count of sources';
COMMENT ON COLUMN ledger.registry_load.file_name IS 'Name of the file; long digit runs are masked';
COMMENT ON COLUMN ledger.registry_load.file_sha256 IS 'SHA-256 of the bytes';
COMMENT ON COLUMN ledger.registry_load.rows_read IS 'Rows of all sheets';
COMMENT ON COLUMN ledger.registry_load.rows_loaded IS 'Records that were new or had changed';
COMMENT ON COLUMN ledger.registry_load.rows_known IS 'Records that the ledger already held in the same words';
COMMENT ON COLUMN ledger.registry_load.rows_quarantined IS 'Records without a name or without any evidence';
COMMENT ON COLUMN ledger.registry_load.rows_set_aside IS 'Header, blank and other rows that are no records';
COMMENT ON COLUMN ledger.registry_load.recorded_at IS 'When we knew';

CREATE TABLE ledger.registry_record (
    record_id bigint PRIMARY KEY,
    load_id bigint NOT NULL REFERENCES ledger.registry_load DEFERRABLE INITIALLY DEFERRED,
    row_no integer NOT NULL,
    registered boolean NOT NULL,
    registered_on date,
    cancelled_on date,
    sex text,
    birth_month date,
    street text,
    key_no bigint NOT NULL,
    sealed bytea NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON ledger.registry_record (load_id);
COMMENT ON TABLE ledger.registry_record IS 'Every version of every registry record';
COMMENT ON COLUMN ledger.registry_record.record_id IS 'load_id × 2^24 + number of the record within the load';
COMMENT ON COLUMN ledger.registry_record.load_id IS 'The extract';
COMMENT ON COLUMN ledger.registry_record.row_no IS 'Row of the extract, from 1';
COMMENT ON COLUMN ledger.registry_record.registered IS 'False once the registration was cancelled';
COMMENT ON COLUMN ledger.registry_record.registered_on IS 'Date of registration';
COMMENT ON COLUMN ledger.registry_record.cancelled_on IS 'Date of cancellation';
COMMENT ON COLUMN ledger.registry_record.sex IS 'male or female';
COMMENT ON COLUMN ledger.registry_record.birth_month IS 'Month of birth, its first day; the day is sealed';
COMMENT ON COLUMN ledger.registry_record.street IS 'Street of residence as the registry says';
COMMENT ON COLUMN ledger.registry_record.key_no IS 'Which key of identity.person_key opens it';
COMMENT ON COLUMN ledger.registry_record.sealed IS 'All values of the record, as JSON, sealed (AES-256-GCM)';
COMMENT ON COLUMN ledger.registry_record.recorded_at IS 'When we knew';

CREATE TABLE ledger.identity_decision (
    decision_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source_id bigint NOT NULL,
    line_id bigint,
    record_id bigint,
    person_id bigint NOT NULL,
    candidate_person_id bigint,
    verdict text NOT NULL CHECK (verdict IN ('same', 'different', 'unsure')),
    rule text NOT NULL,
    decided_by text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    CHECK (num_nonnulls(line_id, record_id) = 1)
);
CREATE INDEX ON ledger.identity_decision (line_id);
CREATE INDEX ON ledger.identity_decision (record_id);
COMMENT ON TABLE ledger.identity_decision IS 'Who a line or record was taken for, by which rule or person, and why; persons are a function of it';
COMMENT ON COLUMN ledger.identity_decision.decision_id IS 'Number of the decision; a later one about the same line wins';
COMMENT ON COLUMN ledger.identity_decision.source_id IS 'The submission or registry load that it came with';
COMMENT ON COLUMN ledger.identity_decision.line_id IS 'The roster line, or';
COMMENT ON COLUMN ledger.identity_decision.record_id IS 'the registry record';
COMMENT ON COLUMN ledger.identity_decision.person_id IS 'The person that it was given to (provisional where unsure)';
COMMENT ON COLUMN ledger.identity_decision.candidate_person_id IS 'Where unsure: the person that it may be';
COMMENT ON COLUMN ledger.identity_decision.verdict IS 'same, different or unsure';
COMMENT ON COLUMN ledger.identity_decision.rule IS 'The rule that decided, which is also the reason';
COMMENT ON COLUMN ledger.identity_decision.decided_by IS 'rule, or who';
COMMENT ON COLUMN ledger.identity_decision.recorded_at IS 'When it was decided';

DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['employer', 'submission', 'roster_line', 'registry_load', 'registry_record', 'identity_decision'] LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger.%I FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change()', guarded);
        EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON ledger.%I EXECUTE FUNCTION ledger.refuse_change()', guarded);
        EXECUTE format('GRANT SELECT, INSERT ON ledger.%I TO clearbase_loader', guarded);
    END LOOP;
END
$$;
