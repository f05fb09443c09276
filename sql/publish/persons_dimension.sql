-- Attributes and match state of the affected persons; the registry speaks before the rosters.
INSERT INTO warehouse.dim_person (person_id, registry_record_id, match_state, candidate_person_id, sex, birth_month)
SELECT a.person_id, r.record_id,
       CASE WHEN c.candidate_person_id IS NOT NULL THEN 'provisional'
            WHEN r.record_id IS NULL THEN 'not_registered'
            WHEN r.registered THEN 'registered'
            ELSE 'registered_left' END,
       c.candidate_person_id, coalesce(r.sex, l.sex), coalesce(r.birth_month, l.birth_month)
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
    JOIN ledger.submission AS s ON s.submission_id = lp.submission_id
    JOIN ledger.roster_line AS rl
        ON rl.line_id = lp.line_id AND rl.report_month = s.period AND rl.employer_uscc = s.employer_uscc
    WHERE lp.person_id = a.person_id) AS l ON true
ON CONFLICT (person_id) DO UPDATE
SET registry_record_id = excluded.registry_record_id, match_state = excluded.match_state,
    candidate_person_id = excluded.candidate_person_id, sex = excluded.sex, birth_month = excluded.birth_month
WHERE (dim_person.registry_record_id, dim_person.match_state, dim_person.candidate_person_id, dim_person.sex, dim_person.birth_month)
    IS DISTINCT FROM
      (excluded.registry_record_id, excluded.match_state, excluded.candidate_person_id, excluded.sex, excluded.birth_month);
