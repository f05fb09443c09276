-- What a workbook says counts by sheet: one of its sheets may be replaced while another still speaks.
CREATE OR REPLACE VIEW warehouse.fact_training AS
WITH told AS (
    SELECT p.person_id, l.employer_uscc, l.training_date, l.trainings, l.line_id, s.period, l.recorded_at,
           bool_or(l.training_date IS NOT NULL) OVER (PARTITION BY p.person_id, l.employer_uscc) AS dated
    FROM ledger.effective_sheet AS s
    JOIN ledger.roster_line AS l
        ON l.submission_id = s.submission_id AND l.sheet = s.sheet AND l.report_month = s.period AND l.employer_uscc = s.employer_uscc
    JOIN identity.line_person AS p ON p.line_id = l.line_id
    WHERE l.disposition = 'published' AND (l.training_date IS NOT NULL OR l.trainings > 0)
)
SELECT person_id, employer_uscc, training_date,
       (array_agg(trainings ORDER BY period DESC, line_id DESC) FILTER (WHERE trainings IS NOT NULL))[1] AS trainings,
       (array_agg(line_id ORDER BY period, line_id))[1] AS first_line_id,
       min(period) AS period,
       min(recorded_at) AS known_from
FROM told
-- A count without a date speaks only where the employer has told no date of the person's at all.
WHERE training_date IS NOT NULL OR NOT dated
GROUP BY person_id, employer_uscc, training_date;

-- Absence is evidence only when it is certain. In review or lost, the number is what is in doubt and the name is what tells; a hire
-- date may have been corrected. Without a name the number tells, and where there is none what else there is contradicts or does not.
CREATE FUNCTION warehouse.could_be(
    doubted boolean, name bytea, number bytea, phone bytea, hired date, own_name bytea, own_number bytea, own_phone bytea, own_hired date)
RETURNS boolean LANGUAGE sql IMMUTABLE RETURN
    CASE WHEN name IS NOT NULL AND (doubted OR number IS NULL OR own_number IS NULL) THEN coalesce(name = own_name, true)
         WHEN number IS NOT NULL AND own_number IS NOT NULL THEN number = own_number
         ELSE coalesce(phone = own_phone, true) AND coalesce(hired = own_hired, true) END;
COMMENT ON FUNCTION warehouse.could_be(boolean, bytea, bytea, bytea, date, bytea, bytea, bytea, date) IS
    'Whether a line that was quarantined, is in review or has lost its number (doubted: one of the latter two) could be a person who seems to be missing, by name, number, phone and hire date of both';
GRANT EXECUTE ON FUNCTION warehouse.could_be(boolean, bytea, bytea, bytea, date, bytea, bytea, bytea, date) TO clearbase_loader;

COMMENT ON COLUMN intake.doubt.usual_loss IS
    'The largest share of its staff that this employer has lost in a month, told or found absent, within a year before (and its month)';

-- A month that comes late is judged by what later rosters would make of it, too (decision 0017).
ALTER TABLE intake.doubt ADD COLUMN missing_later integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN intake.doubt.missing_later IS
    'Persons that it names, of a month that comes late, whom a later month''s full roster would be found not to name';
COMMENT ON COLUMN intake.doubt.reason_code IS
    'names_contradict, numbers_changed, mapping_doubtful, replacement_doubtful, loss_unexplained, late_loss or kind_by_history';
