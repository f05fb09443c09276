-- The rosters that speak: a later full roster of the same employer and month replaces the former one.
CREATE VIEW ledger.effective_submission AS
SELECT s.submission_id, s.employer_uscc, s.period, s.kind, s.lines, s.recorded_at
FROM ledger.submission AS s
WHERE s.kind <> 'full'
   OR NOT EXISTS (
        SELECT FROM ledger.submission AS later
        WHERE later.employer_uscc = s.employer_uscc AND later.period = s.period AND later.kind = 'full'
          AND later.submission_id > s.submission_id);
COMMENT ON VIEW ledger.effective_submission IS 'Submissions whose lines count';
COMMENT ON COLUMN ledger.effective_submission.submission_id IS 'The submission';
COMMENT ON COLUMN ledger.effective_submission.employer_uscc IS 'The employer';
COMMENT ON COLUMN ledger.effective_submission.period IS 'Report month, its first day';
COMMENT ON COLUMN ledger.effective_submission.kind IS 'full, joiners or leavers';
COMMENT ON COLUMN ledger.effective_submission.lines IS 'Ledger lines that it wrote';
COMMENT ON COLUMN ledger.effective_submission.recorded_at IS 'When we knew';

CREATE VIEW mart.headcount_month AS
WITH reported AS (
    SELECT employer_uscc, min(period) AS first_month, max(period) AS last_month
    FROM ledger.submission GROUP BY employer_uscc
), months AS (
    SELECT r.employer_uscc, d.month, d.month_end
    FROM reported AS r JOIN warehouse.dim_date AS d ON d.month BETWEEN r.first_month AND r.last_month
), present AS (
    SELECT m.employer_uscc, m.month, e.person_id, p.candidate_person_id
    FROM months AS m
    JOIN warehouse.fact_employment AS e
        ON e.employer_uscc = m.employer_uscc AND e.valid_from <= m.month_end AND e.valid_to > m.month_end
       AND e.known_to = 'infinity'
    JOIN warehouse.dim_person AS p ON p.person_id = e.person_id
)
SELECT m.employer_uscc, m.month,
       count(DISTINCT a.person_id) FILTER (WHERE b.person_id IS NULL) AS persons
FROM months AS m
LEFT JOIN present AS a ON a.employer_uscc = m.employer_uscc AND a.month = m.month
-- A provisional person is not counted beside the one that it may be.
LEFT JOIN present AS b ON b.employer_uscc = a.employer_uscc AND b.month = a.month AND b.person_id = a.candidate_person_id
GROUP BY m.employer_uscc, m.month;
COMMENT ON VIEW mart.headcount_month IS 'Persons employed at the close of each month, from an employer''s first reported month to its last';
COMMENT ON COLUMN mart.headcount_month.employer_uscc IS 'The employer';
COMMENT ON COLUMN mart.headcount_month.month IS 'The month, its first day';
COMMENT ON COLUMN mart.headcount_month.persons IS 'Distinct persons whose spell covers the last day of the month';

CREATE VIEW mart.roster_identity AS
SELECT l.submission_id, s.file_name AS file, h.name AS sheet, l.row_no AS row, lp.person_id,
       p.registry_record_id, p.match_state
FROM ledger.roster_line AS l
JOIN intake.submission AS s ON s.submission_id = l.submission_id
JOIN intake.sheet AS h ON h.submission_id = l.submission_id AND h.position = l.sheet
JOIN identity.line_person AS lp ON lp.line_id = l.line_id
JOIN warehouse.dim_person AS p ON p.person_id = lp.person_id;
COMMENT ON VIEW mart.roster_identity IS 'Who each published roster line stands for';
COMMENT ON COLUMN mart.roster_identity.submission_id IS 'The submission';
COMMENT ON COLUMN mart.roster_identity.file IS 'Name of the file';
COMMENT ON COLUMN mart.roster_identity.sheet IS 'Name of the sheet';
COMMENT ON COLUMN mart.roster_identity.row IS 'Row, from 1, as the employer sees it';
COMMENT ON COLUMN mart.roster_identity.person_id IS 'The person';
COMMENT ON COLUMN mart.roster_identity.registry_record_id IS 'The registry record that stands for the person, if any';
COMMENT ON COLUMN mart.roster_identity.match_state IS 'registered, registered_left, not_registered or provisional (in review)';
GRANT SELECT ON ledger.effective_submission, mart.headcount_month, mart.roster_identity TO clearbase_loader;

CREATE TABLE audit.event (
    event_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    happened_at timestamptz NOT NULL DEFAULT now(),
    actor text NOT NULL DEFAULT session_user,
    action text NOT NULL,
    subject text NOT NULL,
    detail jsonb NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE audit.event IS 'Who did what to what; append-only; never personal data';
COMMENT ON COLUMN audit.event.event_id IS 'Number of the event';
COMMENT ON COLUMN audit.event.happened_at IS 'When';
COMMENT ON COLUMN audit.event.actor IS 'The database user';
COMMENT ON COLUMN audit.event.action IS 'What was done';
COMMENT ON COLUMN audit.event.subject IS 'To what';
COMMENT ON COLUMN audit.event.detail IS 'Counts and ids';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit.event FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON audit.event EXECUTE FUNCTION ledger.refuse_change();
GRANT SELECT, INSERT ON audit.event TO clearbase_loader;
