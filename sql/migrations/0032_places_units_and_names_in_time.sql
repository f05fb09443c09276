-- An employer that sends its month as one table of all and again as a workbook by workshops means the same staff: which full roster
-- takes the place of which is decided when the later of them is published, and is a row of the ledger. It holds while both stand.
CREATE TABLE ledger.takes_place (
    submission_id bigint NOT NULL REFERENCES ledger.submission,
    former_id bigint NOT NULL REFERENCES ledger.submission,
    persons integer NOT NULL,
    named_again integer NOT NULL,
    PRIMARY KEY (former_id, submission_id),
    CHECK (former_id < submission_id),
    CHECK (named_again <= persons)
);
COMMENT ON TABLE ledger.takes_place IS
    'Full rosters by units that name the staff of an earlier full roster of the whole employer of the same month: while they stand that one does not count';
COMMENT ON COLUMN ledger.takes_place.submission_id IS 'The roster by units';
COMMENT ON COLUMN ledger.takes_place.former_id IS 'The earlier roster of the whole employer, standing or not';
COMMENT ON COLUMN ledger.takes_place.persons IS 'Persons whom the earlier one names';
COMMENT ON COLUMN ledger.takes_place.named_again IS 'Those of them whom the roster by units names, too';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger.takes_place FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON ledger.takes_place EXECUTE FUNCTION ledger.refuse_change();
GRANT SELECT, INSERT ON ledger.takes_place TO clearbase_loader;

CREATE OR REPLACE VIEW ledger.effective_sheet AS
SELECT s.submission_id, s.employer_uscc, s.period, s.kind, u.sheet, u.unit
FROM ledger.standing_submission AS s
JOIN ledger.submission_unit AS u USING (submission_id)
WHERE s.kind <> 'full'
   OR NOT EXISTS (
        SELECT FROM ledger.standing_submission AS later
        JOIN ledger.submission_unit AS covers ON covers.submission_id = later.submission_id
        WHERE later.employer_uscc = s.employer_uscc AND later.period = s.period AND later.kind = 'full'
          AND later.submission_id > s.submission_id AND covers.unit IN ('', u.unit))
      AND NOT EXISTS (
        SELECT FROM ledger.takes_place AS t
        JOIN ledger.standing_submission AS later ON later.submission_id = t.submission_id
        WHERE t.former_id = s.submission_id);
COMMENT ON VIEW ledger.effective_sheet IS
    'Tables of submissions whose lines count: not undone, not replaced by a later full roster of the same unit and month or by one that takes its place';

-- Where a worker works and who has sent him: an agency's roster names the user unit of each (用工单位), a user unit's the agency
-- (派遣单位), and a table of a plant or workshop is of it. Only of lines that tell it, so that other rosters cost nothing.
CREATE TABLE ledger.line_party (
    line_id bigint NOT NULL,
    sheet smallint NOT NULL,
    role text NOT NULL CHECK (role IN ('unit', 'agency')),
    party text,
    PRIMARY KEY (line_id, role)
);
COMMENT ON TABLE ledger.line_party IS 'The unit at which a line says that the worker works, and the agency that sent him; none where the line tells none';
COMMENT ON COLUMN ledger.line_party.line_id IS 'The ledger line';
COMMENT ON COLUMN ledger.line_party.sheet IS 'Position of its table, as in the line';
COMMENT ON COLUMN ledger.line_party.role IS 'unit: where he works (a user unit, branch, plant or workshop); agency: who sent him';
COMMENT ON COLUMN ledger.line_party.party IS 'The company or unit as compared; null: the employer itself';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger.line_party FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON ledger.line_party EXECUTE FUNCTION ledger.refuse_change();
GRANT SELECT, INSERT ON ledger.line_party TO clearbase_loader;

CREATE TABLE warehouse.fact_posting (
    person_id bigint NOT NULL,
    employer_uscc text NOT NULL,
    role text NOT NULL CHECK (role IN ('unit', 'agency')),
    party text,
    told_from date NOT NULL,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    line_id bigint NOT NULL,
    known_from timestamptz NOT NULL,
    known_to timestamptz NOT NULL DEFAULT 'infinity',
    CHECK (valid_from <= valid_to),
    CHECK (known_from <= known_to)
);
CREATE INDEX ON warehouse.fact_posting (employer_uscc, person_id) WHERE known_to = 'infinity';
CREATE INDEX ON warehouse.fact_posting (person_id);
CREATE INDEX ON warehouse.fact_posting (party, valid_from) WHERE party IS NOT NULL;
COMMENT ON TABLE warehouse.fact_posting IS
    'Spells within a spell of employment: at which unit the person works, which agency sent him, by the newest line of each month that tells it; until a later month tells another';
COMMENT ON COLUMN warehouse.fact_posting.person_id IS 'The person';
COMMENT ON COLUMN warehouse.fact_posting.employer_uscc IS 'The employer whose rosters tell it: the agency where the unit is a user unit, the user unit where the party is an agency';
COMMENT ON COLUMN warehouse.fact_posting.role IS 'unit: where he works; agency: who sent him';
COMMENT ON COLUMN warehouse.fact_posting.party IS 'The company or unit as compared (no spaces, no brackets); null: the employer itself';
COMMENT ON COLUMN warehouse.fact_posting.told_from IS 'First day of the first month that says so';
COMMENT ON COLUMN warehouse.fact_posting.valid_from IS 'That day, not before the spell of employment begins';
COMMENT ON COLUMN warehouse.fact_posting.valid_to IS 'First day of the month that says another, not after the spell of employment ends; equal to valid_from: it covers no day';
COMMENT ON COLUMN warehouse.fact_posting.line_id IS 'The newest ledger line of the first month that says so';
COMMENT ON COLUMN warehouse.fact_posting.known_from IS 'Since when we know';
COMMENT ON COLUMN warehouse.fact_posting.known_to IS 'Until when we believed it';
GRANT SELECT, INSERT, UPDATE, DELETE ON warehouse.fact_posting TO clearbase_loader;

CREATE FUNCTION warehouse.posting_as_of(on_day date, known_at timestamptz DEFAULT 'infinity')
RETURNS SETOF warehouse.fact_posting LANGUAGE sql STABLE AS $$
    SELECT * FROM warehouse.fact_posting
    WHERE valid_from <= on_day AND valid_to > on_day
      AND known_from <= known_at AND (known_to > known_at OR known_to = 'infinity' AND known_at = 'infinity')
$$;
COMMENT ON FUNCTION warehouse.posting_as_of(date, timestamptz) IS
    'At which unit a person works, and which agency sent him, on a day, as it was believed at a moment (default: as it is believed now)';

CREATE FUNCTION warehouse.worked_at_as_of(on_day date, known_at timestamptz DEFAULT 'infinity')
RETURNS TABLE (person_id bigint, employer_uscc text, unit text, agency text) LANGUAGE sql STABLE AS $$
    SELECT e.person_id, e.employer_uscc, u.party, a.party
    FROM warehouse.employment_as_of(on_day, known_at) AS e
    LEFT JOIN warehouse.posting_as_of(on_day, known_at) AS u
        ON u.person_id = e.person_id AND u.employer_uscc = e.employer_uscc AND u.role = 'unit'
    LEFT JOIN warehouse.posting_as_of(on_day, known_at) AS a
        ON a.person_id = e.person_id AND a.employer_uscc = e.employer_uscc AND a.role = 'agency'
$$;
COMMENT ON FUNCTION warehouse.worked_at_as_of(date, timestamptz) IS
    'Who was employed on a day, with the unit at which he worked and the agency that sent him where rosters tell them, as it was believed at a moment (default: now)';
GRANT EXECUTE ON FUNCTION warehouse.posting_as_of(date, timestamptz), warehouse.worked_at_as_of(date, timestamptz) TO clearbase_loader;

-- Somebody who moves goes on under one number of the registry: the version that tells another street, or a new registration after one
-- that was cancelled, begins a residence and ends the former, which stands for the days before.
CREATE TABLE ledger.residence_move (
    record_id bigint PRIMARY KEY REFERENCES ledger.registry_record,
    former_id bigint NOT NULL REFERENCES ledger.registry_record,
    moved_on date NOT NULL,
    CHECK (former_id < record_id)
);
CREATE INDEX ON ledger.residence_move (former_id);
COMMENT ON TABLE ledger.residence_move IS 'Versions of registry records that tell a residence after another one of the same record';
COMMENT ON COLUMN ledger.residence_move.record_id IS 'The version that tells where the person moved to; a later one that tells no other move has the same';
COMMENT ON COLUMN ledger.residence_move.former_id IS 'The newest version that told the residence before';
COMMENT ON COLUMN ledger.residence_move.moved_on IS 'Date of the new registration; where it has the date of the former one, the day on which we were told';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger.residence_move FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON ledger.residence_move EXECUTE FUNCTION ledger.refuse_change();
GRANT SELECT, INSERT ON ledger.residence_move TO clearbase_loader;

CREATE OR REPLACE VIEW ledger.residence AS
SELECT record_id, street, valid_from, greatest(valid_to, valid_from) AS valid_to, is_former
FROM (SELECT r.record_id, r.street, greatest(coalesce(r.registered_on, r.registration_told_on, r.recorded_at::date), m.moved_on) AS valid_from,
             least(coalesce(r.cancelled_on, CASE WHEN r.registered THEN 'infinity'::date ELSE coalesce(r.cancellation_told_on, r.recorded_at::date) END),
                   n.moved_on) AS valid_to,
             n.moved_on IS NOT NULL AS is_former
      FROM ledger.registry_record AS r
      LEFT JOIN ledger.residence_move AS m ON m.record_id = r.record_id
      LEFT JOIN LATERAL (SELECT min(moved_on) AS moved_on FROM ledger.residence_move WHERE former_id = r.record_id) AS n ON true) AS told;
COMMENT ON VIEW ledger.residence IS 'The spell of residence that each registry record tells; believed are those of current records and of the former ones from which these moved';
COMMENT ON COLUMN ledger.residence.valid_from IS 'Date of registration; where the record has none, the day on which its first version told us; after a move, its day';
COMMENT ON COLUMN ledger.residence.valid_to IS 'Date of cancellation; where the record has none but is cancelled, the day on which the first version told us so; the day of a move, if that is earlier';
COMMENT ON COLUMN ledger.residence.is_former IS 'Whether a later version tells that the person has moved since';

CREATE FUNCTION warehouse.told_street_as_of(on_day date, known_at timestamptz DEFAULT 'infinity')
RETURNS SETOF warehouse.fact_told_street LANGUAGE sql STABLE AS $$
    SELECT * FROM warehouse.fact_told_street
    WHERE valid_from <= on_day AND valid_to > on_day
      AND known_from <= known_at AND (known_to > known_at OR known_to = 'infinity' AND known_at = 'infinity')
$$;
COMMENT ON FUNCTION warehouse.told_street_as_of(date, timestamptz) IS
    'In which street rosters say that a person lives on a day, as it was believed at a moment (default: as it is believed now)';
GRANT EXECUTE ON FUNCTION warehouse.told_street_as_of(date, timestamptz) TO clearbase_loader;

-- Since when a name or street holds, beside when we knew: who is renamed in March was called otherwise in February, told when it may.
ALTER TABLE ledger.employer ADD COLUMN valid_from date NOT NULL DEFAULT '-infinity';
COMMENT ON COLUMN ledger.employer.valid_from IS
    'First day from which name and street hold, until an entry of a later day; -infinity: always, as far as we know. Of one day the newest entry holds';

CREATE VIEW ledger.employer_version AS
WITH told AS (
    SELECT DISTINCT ON (uscc, valid_from) uscc, valid_from, name, street
    FROM ledger.employer ORDER BY uscc, valid_from, entry_id DESC
), compared AS (
    SELECT *, row_number() OVER version = 1
              OR (name, street) IS DISTINCT FROM (lag(name) OVER version, lag(street) OVER version) AS begins
    FROM told WINDOW version AS (PARTITION BY uscc ORDER BY valid_from)
)
SELECT uscc, name, street, valid_from, lead(valid_from, 1, 'infinity') OVER (PARTITION BY uscc ORDER BY valid_from) AS valid_to
FROM compared WHERE begins;
COMMENT ON VIEW ledger.employer_version IS 'Names and streets of employers, one after the other, as they are believed now';
COMMENT ON COLUMN ledger.employer_version.uscc IS 'Unified social credit code (GB 32100)';
COMMENT ON COLUMN ledger.employer_version.name IS 'Full name';
COMMENT ON COLUMN ledger.employer_version.street IS 'Street that answers for it';
COMMENT ON COLUMN ledger.employer_version.valid_from IS 'First day on which this holds; -infinity: always before';
COMMENT ON COLUMN ledger.employer_version.valid_to IS 'First day on which it no longer holds';
GRANT SELECT ON ledger.employer_version TO clearbase_loader;

-- What was believed had the day of its recording, though nothing was known of another name before it.
UPDATE warehouse.dim_employer SET valid_from = '-infinity', valid_to = 'infinity';
DROP INDEX warehouse.dim_employer_employer_uscc_idx;
ALTER TABLE warehouse.dim_employer DROP CONSTRAINT dim_employer_pkey, ADD PRIMARY KEY (employer_uscc, valid_from, known_from);
CREATE UNIQUE INDEX ON warehouse.dim_employer (employer_uscc, valid_from) WHERE known_to = 'infinity';
COMMENT ON TABLE warehouse.dim_employer IS
    'Employers: a change of name or street holds from a day on (valid) and is known from a moment on (recorded); of one day and moment there is one row (type 2)';
COMMENT ON COLUMN warehouse.dim_employer.valid_from IS 'First day on which this holds; -infinity: always before';

DROP FUNCTION warehouse.employer_as_of(timestamptz);
CREATE FUNCTION warehouse.employer_as_of(on_day date DEFAULT current_date, known_at timestamptz DEFAULT 'infinity')
RETURNS SETOF warehouse.dim_employer LANGUAGE sql STABLE AS $$
    SELECT * FROM warehouse.dim_employer
    WHERE valid_from <= on_day AND valid_to > on_day
      AND known_from <= known_at AND (known_to > known_at OR known_to = 'infinity' AND known_at = 'infinity')
$$;
COMMENT ON FUNCTION warehouse.employer_as_of(date, timestamptz) IS
    'Employers by the name and street that held on a day (default: today), as they were known at a moment (default: now)';
GRANT EXECUTE ON FUNCTION warehouse.employer_as_of(date, timestamptz) TO clearbase_loader;
