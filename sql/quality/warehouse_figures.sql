-- The warehouse's own figures: a row an employer and month, the last thirteen months that there are; the figures of the base as a
-- whole stand in the first row alone. Codes, months and counts only. A share of fewer than :many says nothing and is null.
WITH months AS (
    SELECT h.employer_uscc, h.month, h.persons,
           lag(h.persons) OVER (PARTITION BY h.employer_uscc ORDER BY h.month) AS persons_before
    FROM mart.headcount_month AS h
), newest AS (
    SELECT months.*, row_number() OVER (ORDER BY months.month DESC, months.employer_uscc) AS place
    FROM months WHERE month > (SELECT max(month) FROM mart.headcount_month) - interval '13 months'
), working AS (
    SELECT m.moment, count(*) AS persons,
           count(*) FILTER (WHERE s.state IN ('registered_here', 'address_differs')) AS registered,
           count(*) FILTER (WHERE s.state = 'provisional') AS provisional
    FROM (VALUES ('now', CAST('infinity' AS timestamptz)), ('yesterday', now() - interval '1 day')) AS m (moment, at)
    CROSS JOIN LATERAL (SELECT DISTINCT person_id FROM warehouse.employment_as_of(current_date, m.at)) AS e
    LEFT JOIN LATERAL warehouse.match_as_of(current_date, m.at) AS s ON s.person_id = e.person_id
    GROUP BY m.moment
), believed AS (
    SELECT person_id FROM warehouse.dim_person WHERE known_to = 'infinity'
), base AS (
    SELECT 1 AS place,
           (SELECT count(*) FROM believed) AS persons_known,
           (SELECT count(DISTINCT person_id) FROM warehouse.fact_employment
            WHERE known_to = 'infinity' AND valid_from <= current_date AND valid_to > current_date) AS persons_working,
           (SELECT count(*) FROM believed AS p WHERE NOT EXISTS (
                SELECT FROM warehouse.fact_match AS s WHERE s.person_id = p.person_id AND s.known_to = 'infinity')) AS persons_without_spell,
           (SELECT count(*) FROM warehouse.fact_employment AS e
            WHERE e.known_to = 'infinity' AND NOT EXISTS (SELECT FROM believed AS p WHERE p.person_id = e.person_id)) AS spells_without_person,
           (SELECT round(registered::numeric / persons, 4) FROM working WHERE moment = 'now' AND persons >= :many) AS registered_share,
           (SELECT round(max(registered::numeric / persons) FILTER (WHERE moment = 'now')
                         - max(registered::numeric / persons) FILTER (WHERE moment = 'yesterday'), 4)
            FROM working WHERE persons >= :many) AS registered_share_moved,
           (SELECT round(provisional::numeric / persons, 4) FROM working WHERE moment = 'now' AND persons >= :many) AS provisional_share,
           (SELECT current_date - max(recorded_at)::date FROM warehouse.fact_submission) AS days_since_publication,
           (SELECT current_date - max(recorded_at)::date FROM ledger.registry_load) AS days_since_registry,
           (SELECT round(sum(rows_quarantined)::numeric / nullif(sum(rows_published + rows_quarantined), 0), 4)
            FROM warehouse.fact_submission WHERE recorded_at > now() - interval '30 days'
            HAVING sum(rows_published + rows_quarantined) >= :many) AS quarantined_share
)
SELECT n.employer_uscc, to_char(n.month, 'YYYY-MM') AS month,
       (date_part('year', age(n.month, date_trunc('month', now()))) * 12
        + date_part('month', age(n.month, date_trunc('month', now()))))::integer AS months_ahead,
       n.persons, CASE WHEN n.persons_before >= :many THEN round((n.persons - n.persons_before)::numeric / n.persons_before, 4) END AS change_share,
       CASE WHEN d.employer_uscc IS NULL THEN 'no' ELSE 'yes' END AS employer_is_known,
       b.persons_known, b.persons_working, b.persons_without_spell, b.spells_without_person, b.registered_share, b.registered_share_moved,
       b.provisional_share, b.days_since_publication, b.days_since_registry, b.quarantined_share
FROM newest AS n
LEFT JOIN (SELECT DISTINCT employer_uscc FROM warehouse.dim_employer WHERE known_to = 'infinity') AS d USING (employer_uscc)
LEFT JOIN base AS b USING (place)
ORDER BY n.place;
