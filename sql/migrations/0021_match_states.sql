-- Attributes of persons, the street in which rosters say they live, and their match states: each as rows with recorded time.
ALTER TABLE ledger.roster_line ADD COLUMN current_street text;
COMMENT ON COLUMN ledger.roster_line.current_street IS
    'Street in which the line says the worker lives (现居住街道, else read from 现居住地址): one of the district''s by its full name, another county of the city, or another street as told; null where it cannot be read';

-- Whether an employer has published a later number than the one in hand is asked in every publication.
CREATE INDEX ON ledger.submission (employer_uscc, submission_id);

-- Publications that say something of one person take turns by the person's row here: those of dim_person come and go.
GRANT UPDATE (recorded_at) ON identity.person TO clearbase_loader;

DROP VIEW mart.roster_identity;
ALTER TABLE warehouse.dim_person
    DROP CONSTRAINT dim_person_pkey,
    DROP COLUMN match_state,
    ADD COLUMN sex_line_id bigint,
    ADD COLUMN birth_line_id bigint,
    ADD COLUMN known_from timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN known_to timestamptz NOT NULL DEFAULT 'infinity',
    ADD PRIMARY KEY (person_id, known_from);
ALTER TABLE warehouse.dim_person ALTER COLUMN known_from DROP DEFAULT;
COMMENT ON TABLE warehouse.dim_person IS
    'Persons, without anything that names them; a change of an attribute closes a row and opens another (type 2). known_to = infinity: what is believed now';
COMMENT ON COLUMN warehouse.dim_person.sex IS 'male or female; the registry before the rosters, of these the newest line that says it';
COMMENT ON COLUMN warehouse.dim_person.sex_line_id IS 'The ledger line since which, by number, every line that tells the sex tells this one; null where the registry did';
COMMENT ON COLUMN warehouse.dim_person.birth_month IS 'Month of birth, its first day; the registry before the rosters, of these the newest line that says it';
COMMENT ON COLUMN warehouse.dim_person.birth_line_id IS 'The ledger line since which, by number, every line that tells the month of birth tells this one; null where the registry did';
COMMENT ON COLUMN warehouse.dim_person.known_from IS 'Since when we know';
COMMENT ON COLUMN warehouse.dim_person.known_to IS 'Until when we believed it';

CREATE TABLE warehouse.fact_told_street (
    person_id bigint NOT NULL,
    street text NOT NULL,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    line_id bigint NOT NULL,
    known_from timestamptz NOT NULL,
    known_to timestamptz NOT NULL DEFAULT 'infinity',
    CHECK (valid_from < valid_to)
);
CREATE INDEX ON warehouse.fact_told_street (person_id);
COMMENT ON TABLE warehouse.fact_told_street IS
    'Spells: in which street effective rosters say a person lives, by the newest line of each month; it holds until a later month says another';
COMMENT ON COLUMN warehouse.fact_told_street.person_id IS 'The person';
COMMENT ON COLUMN warehouse.fact_told_street.street IS 'The street, as in ledger.roster_line.current_street';
COMMENT ON COLUMN warehouse.fact_told_street.valid_from IS 'First day of the first month that says so';
COMMENT ON COLUMN warehouse.fact_told_street.valid_to IS 'First day of the month that says another';
COMMENT ON COLUMN warehouse.fact_told_street.line_id IS 'The newest ledger line of the first month that says so';
COMMENT ON COLUMN warehouse.fact_told_street.known_from IS 'Since when we know';
COMMENT ON COLUMN warehouse.fact_told_street.known_to IS 'Until when we believed it';

CREATE TABLE warehouse.fact_match (
    person_id bigint NOT NULL,
    state text NOT NULL CHECK (state IN ('registered_here', 'address_differs', 'left_still_registered', 'registered_elsewhere',
                                         'cancelled_still_working', 'registration_ended', 'not_registered', 'provisional')),
    valid_from date NOT NULL,
    valid_to date NOT NULL DEFAULT 'infinity',
    record_id bigint,
    known_from timestamptz NOT NULL,
    known_to timestamptz NOT NULL DEFAULT 'infinity',
    CHECK (valid_from < valid_to)
);
CREATE INDEX ON warehouse.fact_match (person_id);
CREATE INDEX ON warehouse.fact_match (state, valid_to) WHERE known_to = 'infinity';
COMMENT ON TABLE warehouse.fact_match IS
    'Spells: how a person on rosters and the resident registry fit together, without gap from the day from which the person is known (docs/match-states.md)';
COMMENT ON COLUMN warehouse.fact_match.person_id IS 'The person';
COMMENT ON COLUMN warehouse.fact_match.state IS
    'registered_here 已登记; address_differs 人户不一致; left_still_registered 人走未注销; registered_elsewhere 登记在区外; cancelled_still_working 已注销仍在岗; registration_ended 已注销 (and employed by nobody); not_registered 未登记; provisional 待核实';
COMMENT ON COLUMN warehouse.fact_match.valid_from IS 'First day of the state';
COMMENT ON COLUMN warehouse.fact_match.valid_to IS 'First day of the next state';
COMMENT ON COLUMN warehouse.fact_match.record_id IS
    'The registry record whose registration covers these days, or ended last before them; null before any, and in review';
COMMENT ON COLUMN warehouse.fact_match.known_from IS 'Since when we know';
COMMENT ON COLUMN warehouse.fact_match.known_to IS 'Until when we believed it';

GRANT SELECT, INSERT, UPDATE, DELETE ON warehouse.fact_match, warehouse.fact_told_street TO clearbase_loader;

CREATE FUNCTION warehouse.person_as_of(known_at timestamptz DEFAULT 'infinity')
RETURNS SETOF warehouse.dim_person LANGUAGE sql STABLE AS $$
    SELECT * FROM warehouse.dim_person
    WHERE known_from <= known_at AND (known_to > known_at OR known_to = 'infinity' AND known_at = 'infinity')
$$;
COMMENT ON FUNCTION warehouse.person_as_of(timestamptz) IS 'Persons and their attributes as they were believed at a moment (default: now)';

CREATE FUNCTION warehouse.match_as_of(on_day date, known_at timestamptz DEFAULT 'infinity')
RETURNS SETOF warehouse.fact_match LANGUAGE sql STABLE AS $$
    SELECT * FROM warehouse.fact_match
    WHERE valid_from <= on_day AND valid_to > on_day
      AND known_from <= known_at AND (known_to > known_at OR known_to = 'infinity' AND known_at = 'infinity')
$$;
COMMENT ON FUNCTION warehouse.match_as_of(date, timestamptz) IS
    'Match states that hold on a day, as they were believed at a moment (default: as they are believed now)';
GRANT EXECUTE ON FUNCTION warehouse.person_as_of(timestamptz), warehouse.match_as_of(date, timestamptz) TO clearbase_loader;

-- A spell covers today, or is the first to come of somebody whose hire lies ahead.
CREATE VIEW mart.match_today AS
SELECT DISTINCT ON (person_id) person_id, state, record_id, valid_from
FROM warehouse.fact_match
WHERE known_to = 'infinity' AND valid_to > current_date
ORDER BY person_id, valid_from;
COMMENT ON VIEW mart.match_today IS 'The match state of each person today; of who is known from a later day only, the first one';
COMMENT ON COLUMN mart.match_today.person_id IS 'The person';
COMMENT ON COLUMN mart.match_today.state IS 'The state, as in warehouse.fact_match';
COMMENT ON COLUMN mart.match_today.record_id IS 'The registry record that it rests on';
COMMENT ON COLUMN mart.match_today.valid_from IS 'Since which day';

CREATE OR REPLACE VIEW mart.headcount_month AS
WITH reported AS (
    SELECT employer_uscc, min(period) AS first_month, max(period) AS last_month
    FROM ledger.standing_submission GROUP BY employer_uscc
), months AS (
    SELECT r.employer_uscc, d.month, d.month_end
    FROM reported AS r JOIN warehouse.dim_date AS d ON d.month BETWEEN r.first_month AND r.last_month
), present AS (
    SELECT m.employer_uscc, m.month, e.person_id, p.candidate_person_id
    FROM months AS m
    JOIN warehouse.fact_employment AS e
        ON e.employer_uscc = m.employer_uscc AND e.valid_from <= m.month_end AND e.valid_to > m.month_end
       AND e.known_to = 'infinity'
    JOIN warehouse.dim_person AS p ON p.person_id = e.person_id AND p.known_to = 'infinity'
)
SELECT m.employer_uscc, m.month,
       count(DISTINCT a.person_id) FILTER (WHERE b.person_id IS NULL) AS persons
FROM months AS m
LEFT JOIN present AS a ON a.employer_uscc = m.employer_uscc AND a.month = m.month
-- A provisional person is not counted beside the one that it may be.
LEFT JOIN present AS b ON b.employer_uscc = a.employer_uscc AND b.month = a.month AND b.person_id = a.candidate_person_id
GROUP BY m.employer_uscc, m.month;

CREATE VIEW mart.roster_identity AS
SELECT l.submission_id, s.file_name AS file, h.name AS sheet, l.row_no AS row, lp.person_id,
       p.registry_record_id, m.state AS match_state
FROM ledger.standing_submission AS standing
JOIN ledger.roster_line AS l
    ON l.submission_id = standing.submission_id AND l.report_month = standing.period
   AND l.employer_uscc = standing.employer_uscc
JOIN intake.submission AS s ON s.submission_id = l.submission_id
JOIN intake.sheet AS h ON h.submission_id = l.submission_id AND h.position = l.sheet
JOIN identity.line_person AS lp ON lp.line_id = l.line_id
JOIN warehouse.dim_person AS p ON p.person_id = lp.person_id AND p.known_to = 'infinity'
-- As mart.match_today, by the index for each line: a file's lines do not wait for everybody's states.
LEFT JOIN LATERAL (
    SELECT f.state FROM warehouse.fact_match AS f
    WHERE f.person_id = lp.person_id AND f.known_to = 'infinity' AND f.valid_to > current_date
    ORDER BY f.valid_from LIMIT 1) AS m ON true;
COMMENT ON VIEW mart.roster_identity IS 'Who each published roster line stands for';
COMMENT ON COLUMN mart.roster_identity.submission_id IS 'The submission';
COMMENT ON COLUMN mart.roster_identity.file IS 'Name of the file';
COMMENT ON COLUMN mart.roster_identity.sheet IS 'Name of the sheet';
COMMENT ON COLUMN mart.roster_identity.row IS 'Row, from 1, as the employer sees it';
COMMENT ON COLUMN mart.roster_identity.person_id IS 'The person';
COMMENT ON COLUMN mart.roster_identity.registry_record_id IS 'The registry record that stands for the person, if any';
COMMENT ON COLUMN mart.roster_identity.match_state IS 'The person''s match state today, as in warehouse.fact_match';
GRANT SELECT ON mart.match_today, mart.roster_identity TO clearbase_loader;
