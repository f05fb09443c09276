-- About so many lines with their wrapped keys, as many from each month; found by key, so that the cost does not grow with
-- the ledger. A person who was erased has neither key nor tokens.
WITH submission AS (
    SELECT submission_id, employer_uscc, period, lines, row_number() OVER (PARTITION BY period ORDER BY random()) AS place
    FROM ledger.submission
    WHERE lines > 0 AND (CAST(:batch_id AS bigint) IS NULL OR submission_id = ANY (ARRAY(SELECT submission_id FROM touched_submission)))
), chosen AS (
    SELECT * FROM submission WHERE place <= (SELECT ceil(CAST(:wanted AS numeric) / count(DISTINCT period)) FROM submission)
), pick AS (
    SELECT DISTINCT employer_uscc, period, submission_id * 16777216 + 1 + floor(random() * lines)::bigint AS line_id
    FROM chosen, generate_series(1, (SELECT ceil(CAST(:wanted AS numeric) / greatest(count(*), 1))::integer FROM chosen))
)
SELECT l.line_id, l.key_no, l.sealed, k.wrapped, t.line_id IS NULL AS erased
FROM pick
JOIN ledger.roster_line AS l
    ON l.report_month = pick.period AND l.employer_uscc = pick.employer_uscc AND l.line_id = pick.line_id
LEFT JOIN identity.person_key AS k USING (key_no)
LEFT JOIN identity.line_token AS t ON t.line_id = l.line_id;
