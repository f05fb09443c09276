-- What was decided about a published submission as a whole: its effects go (undone) or come back (redone). The submission and
-- its lines stay; the newest decision holds.
CREATE TABLE ledger.submission_decision (
    decision_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    submission_id bigint NOT NULL REFERENCES ledger.submission,
    verdict text NOT NULL CHECK (verdict IN ('undone', 'redone')),
    reason text NOT NULL,
    decided_by text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON ledger.submission_decision (submission_id, decision_id DESC);
COMMENT ON TABLE ledger.submission_decision IS 'Whether a published submission counts; the newest decision about it holds, without one it does';
COMMENT ON COLUMN ledger.submission_decision.decision_id IS 'In the order of recording';
COMMENT ON COLUMN ledger.submission_decision.submission_id IS 'The submission';
COMMENT ON COLUMN ledger.submission_decision.verdict IS 'undone: none of its effects count; redone: they count again';
COMMENT ON COLUMN ledger.submission_decision.reason IS 'Why, in the words of who decided; never personal data';
COMMENT ON COLUMN ledger.submission_decision.decided_by IS 'By whom or by what command';
COMMENT ON COLUMN ledger.submission_decision.recorded_at IS 'When';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger.submission_decision FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON ledger.submission_decision EXECUTE FUNCTION ledger.refuse_change();
GRANT SELECT, INSERT ON ledger.submission_decision TO clearbase_loader;

CREATE VIEW ledger.standing_submission AS
SELECT s.submission_id, s.employer_uscc, s.period, s.kind, s.lines, s.recorded_at
FROM ledger.submission AS s
WHERE (SELECT d.verdict FROM ledger.submission_decision AS d
       WHERE d.submission_id = s.submission_id ORDER BY d.decision_id DESC LIMIT 1) IS DISTINCT FROM 'undone';
COMMENT ON VIEW ledger.standing_submission IS 'Published submissions that were not undone';
COMMENT ON COLUMN ledger.standing_submission.submission_id IS 'The submission';
COMMENT ON COLUMN ledger.standing_submission.employer_uscc IS 'The employer';
COMMENT ON COLUMN ledger.standing_submission.period IS 'Report month, its first day';
COMMENT ON COLUMN ledger.standing_submission.kind IS 'full, joiners or leavers';
COMMENT ON COLUMN ledger.standing_submission.lines IS 'Ledger lines that it wrote';
COMMENT ON COLUMN ledger.standing_submission.recorded_at IS 'When we knew';

-- A full roster that was undone replaces nothing: what it had replaced speaks again.
CREATE OR REPLACE VIEW ledger.effective_submission AS
SELECT s.submission_id, s.employer_uscc, s.period, s.kind, s.lines, s.recorded_at
FROM ledger.standing_submission AS s
WHERE s.kind <> 'full'
   OR NOT EXISTS (
        SELECT FROM ledger.standing_submission AS later
        WHERE later.employer_uscc = s.employer_uscc AND later.period = s.period AND later.kind = 'full'
          AND later.submission_id > s.submission_id);

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
    JOIN warehouse.dim_person AS p ON p.person_id = e.person_id
)
SELECT m.employer_uscc, m.month,
       count(DISTINCT a.person_id) FILTER (WHERE b.person_id IS NULL) AS persons
FROM months AS m
LEFT JOIN present AS a ON a.employer_uscc = m.employer_uscc AND a.month = m.month
-- A provisional person is not counted beside the one that it may be.
LEFT JOIN present AS b ON b.employer_uscc = a.employer_uscc AND b.month = a.month AND b.person_id = a.candidate_person_id
GROUP BY m.employer_uscc, m.month;

CREATE OR REPLACE VIEW mart.roster_identity AS
SELECT l.submission_id, s.file_name AS file, h.name AS sheet, l.row_no AS row, lp.person_id,
       p.registry_record_id, p.match_state
FROM ledger.standing_submission AS standing
JOIN ledger.roster_line AS l
    ON l.submission_id = standing.submission_id AND l.report_month = standing.period
   AND l.employer_uscc = standing.employer_uscc
JOIN intake.submission AS s ON s.submission_id = l.submission_id
JOIN intake.sheet AS h ON h.submission_id = l.submission_id AND h.position = l.sheet
JOIN identity.line_person AS lp ON lp.line_id = l.line_id
JOIN warehouse.dim_person AS p ON p.person_id = lp.person_id;
GRANT SELECT ON ledger.standing_submission TO clearbase_loader;
