-- By employer and month, where they differ: the headcount as it was known when the replay was asked for, and as it is now
-- (as mart.headcount_month, at two moments).
WITH reported AS (
    SELECT s.employer_uscc, min(s.period) AS first_month, max(s.period) AS last_month
    FROM ledger.submission AS s
    WHERE s.employer_uscc IN (SELECT i.employer_uscc FROM intake.replay_file AS f JOIN intake.submission AS i USING (submission_id)
                              WHERE f.replay_id = :replay_id)
    GROUP BY s.employer_uscc
), moment AS (
    SELECT false AS is_after, asked_at AS at FROM intake.replay WHERE replay_id = :replay_id
    UNION ALL SELECT true, clock_timestamp()
), present AS MATERIALIZED (
    SELECT m.is_after, e.employer_uscc, d.month, e.person_id, p.candidate_person_id
    FROM moment AS m
    CROSS JOIN reported AS r
    JOIN warehouse.dim_date AS d ON d.month BETWEEN r.first_month AND r.last_month
    JOIN warehouse.fact_employment AS e
        ON e.employer_uscc = r.employer_uscc AND e.valid_from <= d.month_end AND e.valid_to > d.month_end
       AND e.known_from <= m.at AND e.known_to > m.at
    JOIN warehouse.dim_person AS p ON p.person_id = e.person_id AND p.known_from <= m.at AND p.known_to > m.at
), counted AS (
    SELECT a.employer_uscc, a.month,
           count(DISTINCT a.person_id) FILTER (WHERE NOT a.is_after) AS before, count(DISTINCT a.person_id) FILTER (WHERE a.is_after) AS after
    FROM present AS a
    WHERE NOT EXISTS (SELECT FROM present AS b
                      WHERE b.is_after = a.is_after AND b.employer_uscc = a.employer_uscc AND b.month = a.month
                        AND b.person_id = a.candidate_person_id)
    GROUP BY a.employer_uscc, a.month
)
SELECT employer_uscc AS employer, to_char(month, 'YYYY-MM') AS month, before AS headcount, after AS then
FROM counted WHERE before <> after ORDER BY counted.employer_uscc, counted.month;
