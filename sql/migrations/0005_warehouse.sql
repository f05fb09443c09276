CREATE TABLE warehouse.dim_employer (
    employer_uscc text NOT NULL,
    name text,
    street text,
    valid_from date NOT NULL,
    valid_to date NOT NULL DEFAULT 'infinity',
    known_from timestamptz NOT NULL,
    known_to timestamptz NOT NULL DEFAULT 'infinity',
    PRIMARY KEY (employer_uscc, known_from)
);
COMMENT ON TABLE warehouse.dim_employer IS 'Employers; a change of name or street closes a row and opens another (type 2)';
COMMENT ON COLUMN warehouse.dim_employer.employer_uscc IS 'Unified social credit code (GB 32100)';
COMMENT ON COLUMN warehouse.dim_employer.name IS 'Full name';
COMMENT ON COLUMN warehouse.dim_employer.street IS 'Street that answers for it';
COMMENT ON COLUMN warehouse.dim_employer.valid_from IS 'First day on which this holds';
COMMENT ON COLUMN warehouse.dim_employer.valid_to IS 'First day on which it no longer holds';
COMMENT ON COLUMN warehouse.dim_employer.known_from IS 'Since when we know';
COMMENT ON COLUMN warehouse.dim_employer.known_to IS 'Until when we believed it';

CREATE TABLE warehouse.dim_person (
    person_id bigint PRIMARY KEY,
    registry_record_id bigint,
    match_state text NOT NULL CHECK (match_state IN ('registered', 'registered_left', 'not_registered', 'provisional')),
    candidate_person_id bigint,
    sex text,
    birth_month date
);
COMMENT ON TABLE warehouse.dim_person IS 'Persons, without anything that names them';
COMMENT ON COLUMN warehouse.dim_person.person_id IS 'The person';
COMMENT ON COLUMN warehouse.dim_person.registry_record_id IS 'The registry record that stands for the person now';
COMMENT ON COLUMN warehouse.dim_person.match_state IS 'registered; registered_left: the registration was cancelled; not_registered: on rosters only; provisional: in review';
COMMENT ON COLUMN warehouse.dim_person.candidate_person_id IS 'Where provisional: the person that it may be';
COMMENT ON COLUMN warehouse.dim_person.sex IS 'male or female; the registry before the rosters';
COMMENT ON COLUMN warehouse.dim_person.birth_month IS 'Month of birth, its first day';

CREATE TABLE warehouse.dim_area (
    area_code text PRIMARY KEY,
    name text NOT NULL,
    level text NOT NULL CHECK (level IN ('city', 'county', 'street')),
    parent_code text REFERENCES warehouse.dim_area
);
COMMENT ON TABLE warehouse.dim_area IS 'The city, its counties, the district''s streets (GB/T 2260 and the statistical codes below it)';
COMMENT ON COLUMN warehouse.dim_area.area_code IS 'Code of the division';
COMMENT ON COLUMN warehouse.dim_area.name IS 'Name';
COMMENT ON COLUMN warehouse.dim_area.level IS 'city, county or street';
COMMENT ON COLUMN warehouse.dim_area.parent_code IS 'The division above it';
INSERT INTO warehouse.dim_area VALUES
    ('330200', '宁波市', 'city', NULL),
    ('330203', '海曙区', 'county', '330200'), ('330205', '江北区', 'county', '330200'), ('330206', '北仑区', 'county', '330200'),
    ('330211', '镇海区', 'county', '330200'), ('330212', '鄞州区', 'county', '330200'), ('330213', '奉化区', 'county', '330200'),
    ('330225', '象山县', 'county', '330200'), ('330226', '宁海县', 'county', '330200'), ('330281', '余姚市', 'county', '330200'),
    ('330282', '慈溪市', 'county', '330200'),
    ('330206001', '新碶街道', 'street', '330206'), ('330206002', '小港街道', 'street', '330206'), ('330206003', '大碶街道', 'street', '330206'),
    ('330206004', '霞浦街道', 'street', '330206'), ('330206005', '柴桥街道', 'street', '330206'), ('330206006', '戚家山街道', 'street', '330206'),
    ('330206007', '大榭街道', 'street', '330206'), ('330206008', '梅山街道', 'street', '330206'), ('330206009', '春晓街道', 'street', '330206'),
    ('330206010', '白峰街道', 'street', '330206'), ('330206011', '郭巨街道', 'street', '330206');

CREATE TABLE warehouse.dim_date (
    month date PRIMARY KEY,
    month_end date NOT NULL,
    year smallint NOT NULL,
    month_of_year smallint NOT NULL
);
COMMENT ON TABLE warehouse.dim_date IS 'Months, for charts and joins';
COMMENT ON COLUMN warehouse.dim_date.month IS 'First day of the month';
COMMENT ON COLUMN warehouse.dim_date.month_end IS 'Last day of the month';
COMMENT ON COLUMN warehouse.dim_date.year IS 'Year';
COMMENT ON COLUMN warehouse.dim_date.month_of_year IS '1 to 12';
INSERT INTO warehouse.dim_date
SELECT m, (m + interval '1 month - 1 day')::date, extract(year FROM m), extract(month FROM m)
FROM (SELECT generate_series(date '2000-01-01', date '2049-12-01', interval '1 month')::date AS m) AS months;

CREATE TABLE warehouse.fact_employment (
    person_id bigint NOT NULL,
    employer_uscc text NOT NULL,
    valid_from date NOT NULL,
    valid_to date NOT NULL DEFAULT 'infinity',
    leave_earliest date,
    start_evidence text NOT NULL CHECK (start_evidence IN ('hire_date', 'first_named')),
    leave_evidence text CHECK (leave_evidence IN ('leave_date', 'status_left', 'absent_from_full', 'hired_again')),
    first_line_id bigint NOT NULL,
    last_line_id bigint NOT NULL,
    known_from timestamptz NOT NULL,
    known_to timestamptz NOT NULL DEFAULT 'infinity',
    CHECK (valid_from <= valid_to)
);
CREATE INDEX ON warehouse.fact_employment (employer_uscc, person_id);
CREATE INDEX ON warehouse.fact_employment (person_id);
COMMENT ON TABLE warehouse.fact_employment IS 'Spells: who worked where from when to when, and when we knew';
COMMENT ON COLUMN warehouse.fact_employment.person_id IS 'The person';
COMMENT ON COLUMN warehouse.fact_employment.employer_uscc IS 'The employer';
COMMENT ON COLUMN warehouse.fact_employment.valid_from IS 'First day of the spell';
COMMENT ON COLUMN warehouse.fact_employment.valid_to IS 'First day that no longer counts; the latest possible one where only an interval is known';
COMMENT ON COLUMN warehouse.fact_employment.leave_earliest IS 'Earliest day of leaving, where only an interval is known';
COMMENT ON COLUMN warehouse.fact_employment.start_evidence IS 'Whether the start is a hire date or the first month in which the person was named';
COMMENT ON COLUMN warehouse.fact_employment.leave_evidence IS 'What the end rests on';
COMMENT ON COLUMN warehouse.fact_employment.first_line_id IS 'First ledger line of the spell';
COMMENT ON COLUMN warehouse.fact_employment.last_line_id IS 'Last ledger line of the spell';
COMMENT ON COLUMN warehouse.fact_employment.known_from IS 'Since when we know';
COMMENT ON COLUMN warehouse.fact_employment.known_to IS 'Until when we believed it';

CREATE TABLE warehouse.fact_residence (
    person_id bigint NOT NULL,
    record_id bigint NOT NULL,
    street text,
    valid_from date NOT NULL,
    valid_to date NOT NULL DEFAULT 'infinity',
    known_from timestamptz NOT NULL,
    known_to timestamptz NOT NULL DEFAULT 'infinity',
    CHECK (valid_from <= valid_to)
);
CREATE INDEX ON warehouse.fact_residence (person_id);
CREATE INDEX ON warehouse.fact_residence (record_id);
COMMENT ON TABLE warehouse.fact_residence IS 'Spells: who was registered as living where, from when to when, and when we knew';
COMMENT ON COLUMN warehouse.fact_residence.person_id IS 'The person';
COMMENT ON COLUMN warehouse.fact_residence.record_id IS 'The registry record';
COMMENT ON COLUMN warehouse.fact_residence.street IS 'Street of residence';
COMMENT ON COLUMN warehouse.fact_residence.valid_from IS 'Date of registration';
COMMENT ON COLUMN warehouse.fact_residence.valid_to IS 'Date of cancellation';
COMMENT ON COLUMN warehouse.fact_residence.known_from IS 'Since when we know';
COMMENT ON COLUMN warehouse.fact_residence.known_to IS 'Until when we believed it';

CREATE TABLE warehouse.fact_submission (
    submission_id bigint PRIMARY KEY,
    employer_uscc text NOT NULL,
    period date NOT NULL,
    kind text NOT NULL,
    rows_read integer NOT NULL,
    rows_published integer NOT NULL,
    rows_quarantined integer NOT NULL,
    rows_repeated integer NOT NULL,
    recorded_at timestamptz NOT NULL
);
COMMENT ON TABLE warehouse.fact_submission IS 'Published submissions, for timeliness and completeness';
COMMENT ON COLUMN warehouse.fact_submission.submission_id IS 'The submission';
COMMENT ON COLUMN warehouse.fact_submission.employer_uscc IS 'The employer';
COMMENT ON COLUMN warehouse.fact_submission.period IS 'Report month, its first day';
COMMENT ON COLUMN warehouse.fact_submission.kind IS 'full, joiners or leavers';
COMMENT ON COLUMN warehouse.fact_submission.rows_read IS 'Rows read';
COMMENT ON COLUMN warehouse.fact_submission.rows_published IS 'Lines published';
COMMENT ON COLUMN warehouse.fact_submission.rows_quarantined IS 'Lines quarantined';
COMMENT ON COLUMN warehouse.fact_submission.rows_repeated IS 'Lines repeated';
COMMENT ON COLUMN warehouse.fact_submission.recorded_at IS 'When it was published';

GRANT SELECT, INSERT, UPDATE, DELETE ON warehouse.dim_employer, warehouse.dim_person, warehouse.fact_employment,
    warehouse.fact_residence, warehouse.fact_submission TO clearbase_loader;
GRANT SELECT ON warehouse.dim_area, warehouse.dim_date TO clearbase_loader;
