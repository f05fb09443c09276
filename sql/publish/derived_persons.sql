-- Attributes and match state of the affected persons; the registry speaks before the rosters.
CREATE TEMPORARY TABLE derived_person ON COMMIT DROP AS
SELECT a.person_id, r.record_id AS registry_record_id,
       CASE WHEN c.candidate_person_id IS NOT NULL THEN 'provisional'
            WHEN r.record_id IS NULL THEN 'not_registered'
            WHEN r.registered THEN 'registered'
            ELSE 'registered_left' END AS match_state,
       c.candidate_person_id, coalesce(r.sex, l.sex) AS sex, coalesce(r.birth_month, l.birth_month) AS birth_month
FROM affected AS a
LEFT JOIN identity.review_case AS c ON c.person_id = a.person_id
LEFT JOIN LATERAL (
    SELECT g.record_id, g.registered, g.sex, g.birth_month
    FROM identity.record_person AS rp JOIN ledger.registry_record AS g ON g.record_id = rp.record_id
    WHERE rp.person_id = a.person_id AND rp.current
    ORDER BY g.registered DESC, g.record_id LIMIT 1) AS r ON true
LEFT JOIN LATERAL (
    SELECT (array_agg(rl.sex ORDER BY rl.line_id DESC) FILTER (WHERE rl.sex IS NOT NULL))[1] AS sex,
           (array_agg(rl.birth_month ORDER BY rl.line_id DESC) FILTER (WHERE rl.birth_month IS NOT NULL))[1] AS birth_month
    FROM identity.line_person AS lp
    JOIN ledger.standing_submission AS s ON s.submission_id = lp.submission_id
    JOIN ledger.roster_line AS rl
        ON rl.line_id = lp.line_id AND rl.report_month = s.period AND rl.employer_uscc = s.employer_uscc
    WHERE lp.person_id = a.person_id) AS l ON true;
