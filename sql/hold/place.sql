-- What stands of the submission's month that was sent the other way: of a workbook by units the roster of the whole employer, of a
-- roster of the whole employer those by units (two or more). How many persons that names, and how many of them are named again.
WITH own AS (
    SELECT count(DISTINCT unit) FILTER (WHERE unit <> '') AS units
    FROM intake.sheet WHERE submission_id = :submission_id AND role = 'roster' AND lines > 0
), standing AS MATERIALIZED (
    SELECT submission_id, sheet, unit FROM ledger.effective_sheet
    WHERE employer_uscc = :employer_uscc AND period = CAST(:period AS date) AND kind = 'full' AND unit <> '离职'
), other AS MATERIALIZED (
    SELECT s.submission_id, s.sheet
    FROM standing AS s, own
    WHERE own.units >= 2 AND s.unit = ''
       OR own.units = 0 AND s.unit <> '' AND (SELECT count(DISTINCT unit) FROM standing WHERE unit <> '') >= 2
), named AS MATERIALIZED (
    SELECT person_id FROM staging.line
    WHERE line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215 AND person_id IS NOT NULL
    UNION
    SELECT candidate_person_id FROM staging.line
    WHERE line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215 AND candidate_person_id IS NOT NULL
), former AS (
    SELECT p.person_id,
           bool_or(p.person_id IN (SELECT person_id FROM named) OR coalesce(p.candidate_person_id IN (SELECT person_id FROM named), false)) AS again
    FROM other AS o
    JOIN ledger.roster_line AS l
        ON l.line_id BETWEEN o.submission_id * 16777216 AND o.submission_id * 16777216 + 16777215 AND l.sheet = o.sheet
       AND l.report_month = :period AND l.employer_uscc = :employer_uscc
    JOIN identity.line_person AS p ON p.line_id = l.line_id
    GROUP BY p.person_id
)
SELECT own.units >= 2 AS by_units, (SELECT count(*) FROM former) AS persons, (SELECT count(*) FROM former WHERE again) AS again,
       EXISTS (SELECT FROM ledger.takes_place WHERE submission_id = CAST(:replay_of AS bigint)) AS took_place
FROM own;
