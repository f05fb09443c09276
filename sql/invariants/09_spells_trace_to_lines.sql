-- every spell leads to the file, sheet and row that it rests on, and has its state with the newest of them
SELECT coalesce(e.person_id, s.person_id), coalesce(e.employer_uscc, s.employer_uscc)
FROM (SELECT person_id, employer_uscc, first_line_id FROM warehouse.fact_employment
      WHERE known_to = 'infinity'
        AND (CAST(:batch_id AS bigint) IS NULL OR employer_uscc = ANY (ARRAY(SELECT employer_uscc FROM touched_submission)))) AS e
FULL JOIN (SELECT * FROM warehouse.spell_state
           WHERE CAST(:batch_id AS bigint) IS NULL OR employer_uscc = ANY (ARRAY(SELECT employer_uscc FROM touched_submission))) AS s
    USING (employer_uscc, person_id, first_line_id)
LEFT JOIN identity.line_person AS f ON f.line_id = first_line_id AND f.person_id = e.person_id
LEFT JOIN identity.line_person AS l ON l.line_id = s.last_line_id AND l.person_id = s.person_id
WHERE f.line_id IS NULL OR l.line_id IS NULL;
