-- The employer's headcount at the close of each month that its standing rosters reach over (as mart.headcount_month, for one).
WITH reported AS (
    SELECT min(period) AS first_month, max(period) AS last_month
    FROM ledger.standing_submission WHERE employer_uscc = :employer_uscc
), present AS MATERIALIZED (
    SELECT d.month, e.person_id, p.candidate_person_id
    FROM reported AS r
    JOIN warehouse.dim_date AS d ON d.month BETWEEN r.first_month AND r.last_month
    JOIN warehouse.fact_employment AS e
        ON e.employer_uscc = :employer_uscc AND e.valid_from <= d.month_end AND e.valid_to > d.month_end
       AND e.known_to = 'infinity'
    JOIN warehouse.dim_person AS p ON p.person_id = e.person_id AND p.known_to = 'infinity'
)
SELECT a.month, count(DISTINCT a.person_id) AS persons
FROM present AS a
WHERE NOT EXISTS (SELECT FROM present AS b WHERE b.month = a.month AND b.person_id = a.candidate_person_id)
GROUP BY a.month ORDER BY a.month;
