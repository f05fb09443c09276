-- Whose place the submission takes, and who takes its own (a replay takes the earlier number and is published later): a full roster by
-- units (two or more) that of each earlier one of the whole employer of its month, standing or not, of which it names enough. Enough
-- is a share; a smaller one where somebody has let it (`least`), and whatever was enough for the former selves of the two. Counted are
-- its tables of the whole employer (hold/place): what stands beside them of a unit of its own is not in question.
INSERT INTO ledger.takes_place (submission_id, former_id, persons, named_again)
WITH file AS MATERIALIZED (
    SELECT s.submission_id, i.replay_of, count(DISTINCT u.unit) FILTER (WHERE u.unit NOT IN ('', '离职')) AS units, bool_or(u.unit = '') AS is_whole
    FROM ledger.submission AS s
    JOIN ledger.submission_unit AS u USING (submission_id)
    JOIN intake.submission AS i USING (submission_id)
    WHERE s.employer_uscc = :employer_uscc AND s.period = :period AND s.kind = 'full'
    GROUP BY s.submission_id, i.replay_of
), pair AS MATERIALIZED (
    SELECT l.submission_id, f.submission_id AS former_id,
           EXISTS (SELECT FROM ledger.takes_place AS t
                   WHERE t.submission_id IN (l.submission_id, l.replay_of) AND t.former_id IN (f.submission_id, f.replay_of)) AS took_place
    FROM file AS l JOIN file AS f ON f.submission_id < l.submission_id
    WHERE :submission_id IN (l.submission_id, f.submission_id) AND l.units >= 2 AND f.is_whole
), named AS MATERIALIZED (
    SELECT DISTINCT r.submission_id, who.person_id
    FROM (SELECT DISTINCT submission_id FROM pair) AS r
    JOIN identity.line_person AS p ON p.line_id BETWEEN r.submission_id * 16777216 AND r.submission_id * 16777216 + 16777215
    CROSS JOIN LATERAL (VALUES (p.person_id), (p.candidate_person_id)) AS who (person_id)
    WHERE who.person_id IS NOT NULL
), person AS (
    SELECT r.submission_id, r.former_id, n.person_id, bool_or(a.person_id IS NOT NULL OR b.person_id IS NOT NULL) AS again
    FROM pair AS r
    JOIN ledger.submission_unit AS u ON u.submission_id = r.former_id AND u.unit = ''
    JOIN ledger.roster_line AS o
        ON o.line_id BETWEEN r.former_id * 16777216 AND r.former_id * 16777216 + 16777215 AND o.sheet = u.sheet
       AND o.report_month = :period AND o.employer_uscc = :employer_uscc
    JOIN identity.line_person AS n
        ON n.line_id = o.line_id AND n.line_id BETWEEN r.former_id * 16777216 AND r.former_id * 16777216 + 16777215
    LEFT JOIN named AS a ON a.submission_id = r.submission_id AND a.person_id = n.person_id
    LEFT JOIN named AS b ON b.submission_id = r.submission_id AND b.person_id = n.candidate_person_id
    GROUP BY r.submission_id, r.former_id, n.person_id
), told AS (
    SELECT submission_id, former_id, count(*) AS persons, count(*) FILTER (WHERE again) AS named_again
    FROM person GROUP BY submission_id, former_id
)
SELECT submission_id, former_id, persons, named_again
FROM told JOIN pair USING (submission_id, former_id)
WHERE took_place
   OR named_again >= CAST(:enough AS numeric) * persons
   OR submission_id = :submission_id AND persons >= :fewest AND named_again >= CAST(:least AS numeric) * persons;
