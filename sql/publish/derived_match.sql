-- How rosters and registry fit together for each of `derived_person`, day for day (docs/match-states.md).
--
-- From the first day on which anybody employed or registered him; of who is only named by rosters that were replaced,
-- from the first month that named him, of who is known by a replaced version of a record alone from its day. Cut wherever
-- a spell, a registration or a told street begins or ends, judged at each cut by the first that applies, and put together
-- again where nothing changes:
--   provisional             a clerk has to decide who he is
--   a registration covers the day (of several the newest):
--     registered_elsewhere    its street is known and is none of the district's
--     left_still_registered   somebody employed him before and nobody does now (人走未注销)
--     address_differs         rosters up to that day say another street than the registry (人户不一致)
--     registered_here         none of these
--   a registration has ended:
--     cancelled_still_working somebody employs him
--     registration_ended      nobody does
--   not_registered          none has begun
INSERT INTO derived_match (person_id, state, valid_from, valid_to, record_id)
WITH first_day AS MATERIALIZED (
    SELECT d.person_id, d.candidate_person_id IS NOT NULL AS in_review,
           r.day IS NOT NULL AND d.candidate_person_id IS NULL AS changes, -- who is in no registry stays what he is
           coalesce(least(e.day, r.day),
                    (SELECT min(s.period) FROM identity.line_person AS l JOIN ledger.standing_submission AS s USING (submission_id)
                     WHERE l.person_id = d.person_id),
                    (SELECT min(told.valid_from) FROM identity.record_person AS p JOIN ledger.residence AS told USING (record_id)
                     WHERE p.person_id = d.person_id)) AS day
    FROM derived_person AS d
    LEFT JOIN (SELECT person_id, min(valid_from) AS day FROM person_employment GROUP BY 1) AS e USING (person_id)
    LEFT JOIN (SELECT person_id, min(valid_from) AS day FROM person_residence GROUP BY 1) AS r USING (person_id)
), spell AS (
    SELECT person_id, unnest(ARRAY[valid_from, valid_to]) AS day FROM person_employment
    UNION ALL
    SELECT person_id, unnest(ARRAY[valid_from, valid_to]) FROM person_residence
    UNION ALL
    SELECT person_id, valid_from FROM derived_street
), piece AS MATERIALIZED (
    SELECT person_id, day FROM first_day WHERE changes
    UNION ALL
    SELECT DISTINCT f.person_id, s.day
    FROM first_day AS f JOIN spell AS s ON s.person_id = f.person_id AND s.day > f.day AND s.day < 'infinity'
    WHERE f.changes
), registration AS (
    SELECT DISTINCT ON (p.person_id, p.day) p.person_id, p.day, r.record_id, r.street, r.valid_to > p.day AS covers
    FROM piece AS p JOIN person_residence AS r ON r.person_id = p.person_id AND r.valid_from <= p.day
    ORDER BY p.person_id, p.day, r.valid_to > p.day DESC, r.valid_from DESC, r.record_id DESC
), employment AS (
    SELECT p.person_id, p.day, bool_or(e.valid_to > p.day) AS works
    FROM piece AS p JOIN person_employment AS e ON e.person_id = p.person_id AND e.valid_from <= p.day
    GROUP BY p.person_id, p.day
), judged AS (
    SELECT p.person_id, p.day, r.record_id,
           CASE WHEN r.record_id IS NULL THEN 'not_registered'
                WHEN NOT r.covers AND e.works THEN 'cancelled_still_working'
                WHEN NOT r.covers THEN 'registration_ended'
                WHEN r.street NOT IN (SELECT name FROM warehouse.dim_area WHERE level = 'street') THEN 'registered_elsewhere'
                WHEN NOT e.works THEN 'left_still_registered'
                WHEN s.street <> r.street THEN 'address_differs'
                ELSE 'registered_here' END AS state
    FROM piece AS p
    LEFT JOIN registration AS r USING (person_id, day)
    LEFT JOIN employment AS e USING (person_id, day)
    LEFT JOIN derived_street AS s ON s.person_id = p.person_id AND s.valid_from <= p.day AND s.valid_to > p.day
), compared AS (
    SELECT *, lag((state, record_id)) OVER (PARTITION BY person_id ORDER BY day) AS before FROM judged
)
SELECT person_id, state, day AS valid_from, lead(day, 1, 'infinity') OVER (PARTITION BY person_id ORDER BY day) AS valid_to, record_id
FROM compared
WHERE before IS DISTINCT FROM (state, record_id)
UNION ALL
SELECT person_id, CASE WHEN in_review THEN 'provisional' ELSE 'not_registered' END, day, 'infinity', NULL FROM first_day WHERE NOT changes;
