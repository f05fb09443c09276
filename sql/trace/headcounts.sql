-- The headcounts that a person is in, month by month; a provisional person is not counted beside the one that it may be.
WITH spell AS (
    SELECT e.employer_uscc, e.valid_from, e.valid_to, p.candidate_person_id
    FROM warehouse.fact_employment AS e
    JOIN warehouse.dim_person AS p ON p.person_id = e.person_id AND p.known_to = 'infinity'
    WHERE e.person_id = :person_id AND e.known_to = 'infinity'
)
SELECT h.employer_uscc AS employer, to_char(h.month, 'YYYY-MM') AS month, h.persons AS headcount,
       CASE WHEN bool_or(EXISTS (SELECT FROM warehouse.fact_employment AS o
                                 WHERE o.person_id = s.candidate_person_id AND o.employer_uscc = h.employer_uscc AND o.known_to = 'infinity'
                                   AND o.valid_from <= d.month_end AND o.valid_to > d.month_end))
            THEN 'not beside P' || min(s.candidate_person_id) ELSE 'yes' END AS counted
FROM spell AS s
JOIN mart.headcount_month AS h ON h.employer_uscc = s.employer_uscc
JOIN warehouse.dim_date AS d ON d.month = h.month AND s.valid_from <= d.month_end AND s.valid_to > d.month_end
WHERE h.employer_uscc = ANY (ARRAY(SELECT employer_uscc FROM spell))
GROUP BY h.employer_uscc, h.month, h.persons
ORDER BY 1, 2;
