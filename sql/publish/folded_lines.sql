-- What told_lines says, for a submission that is being published, without reading the months before it: what is believed
-- stands for the earlier lines (the line that began each value), and this submission's lines come on top.
--
-- That is the same only where they come last, by month and by number. Whoever was told of out of order is late and is
-- read whole: where this employer, or another for which the person works or worked, has sent a later month or published a
-- later number; where a full roster replaces another; where this very month has begun a street already.
CREATE TEMPORARY TABLE told_line ON COMMIT DROP AS
WITH believed AS MATERIALIZED (
    SELECT p.person_id, p.sex, p.sex_line_id, p.birth_month, p.birth_line_id
    FROM affected AS a JOIN warehouse.dim_person AS p ON p.person_id = a.person_id AND p.known_to = 'infinity'
), street AS MATERIALIZED (
    SELECT t.person_id, t.street, t.valid_from, t.line_id
    FROM affected AS a JOIN warehouse.fact_told_street AS t ON t.person_id = a.person_id AND t.known_to = 'infinity'
), elsewhere AS MATERIALIZED (
    SELECT DISTINCT e.person_id, e.employer_uscc
    FROM affected AS a JOIN warehouse.fact_employment AS e ON e.person_id = a.person_id
    WHERE e.employer_uscc <> :employer_uscc AND e.known_to = 'infinity'
), ahead AS MATERIALIZED (
    SELECT o.employer_uscc
    FROM (SELECT employer_uscc FROM elsewhere UNION SELECT :employer_uscc) AS o
    WHERE EXISTS (SELECT FROM ledger.submission AS s WHERE s.employer_uscc = o.employer_uscc AND s.period > :period)
       OR EXISTS (SELECT FROM ledger.submission AS s WHERE s.employer_uscc = o.employer_uscc AND s.submission_id > :submission_id)
       OR o.employer_uscc = :employer_uscc AND :kind = 'full'
          AND EXISTS (SELECT FROM ledger.submission AS s
                      WHERE s.employer_uscc = :employer_uscc AND s.period = :period AND s.kind = 'full' AND s.submission_id <> :submission_id)
), late AS MATERIALIZED (
    SELECT person_id FROM affected WHERE EXISTS (SELECT FROM ahead WHERE employer_uscc = :employer_uscc)
    UNION
    SELECT person_id FROM elsewhere JOIN ahead USING (employer_uscc)
    UNION
    SELECT person_id FROM street WHERE valid_from >= :period
), before AS (
    SELECT person_id, sex_line_id AS line_id, NULL::date AS month, CASE WHEN sex_line_id IS NOT NULL THEN sex END AS sex,
           NULL::date AS birth_month, NULL::text AS street
    FROM believed
    UNION ALL
    SELECT person_id, birth_line_id, NULL, NULL, birth_month, NULL FROM believed WHERE birth_line_id IS NOT NULL
    UNION ALL
    SELECT person_id, line_id, valid_from, NULL, NULL, street FROM street
)
SELECT * FROM before WHERE person_id NOT IN (SELECT person_id FROM late)
UNION ALL
SELECT lp.person_id, l.line_id, l.report_month, l.sex, l.birth_month, l.current_street
FROM ledger.roster_line AS l JOIN identity.line_person AS lp ON lp.line_id = l.line_id
WHERE l.submission_id = :submission_id AND l.report_month = :period AND l.employer_uscc = :employer_uscc
  AND lp.person_id NOT IN (SELECT person_id FROM late)
UNION ALL
SELECT lp.person_id, l.line_id, s.period,
       CASE WHEN e.submission_id IS NOT NULL THEN l.sex END,
       CASE WHEN e.submission_id IS NOT NULL THEN l.birth_month END,
       CASE WHEN e.submission_id IS NOT NULL THEN l.current_street END
FROM late
JOIN identity.line_person AS lp ON lp.person_id = late.person_id
JOIN ledger.standing_submission AS s ON s.submission_id = lp.submission_id
JOIN ledger.roster_line AS l
    ON l.line_id = lp.line_id AND l.report_month = s.period AND l.employer_uscc = s.employer_uscc
LEFT JOIN ledger.effective_sheet AS e ON e.submission_id = l.submission_id AND e.sheet = l.sheet;
