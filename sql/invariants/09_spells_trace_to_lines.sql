-- every spell leads to the file, sheet and row that it rests on, published lines of its employer and person, and has its state with the newest of them
WITH spell AS MATERIALIZED (
    SELECT person_id, employer_uscc, first_line_id, s.last_line_id, e.person_id IS NOT NULL AND s.person_id IS NOT NULL AS has_both
    FROM (SELECT person_id, employer_uscc, first_line_id FROM warehouse.fact_employment
          WHERE known_to = 'infinity'
            AND (CAST(:batch_id AS bigint) IS NULL OR employer_uscc = ANY (ARRAY(SELECT employer_uscc FROM touched_submission)))) AS e
    FULL JOIN (SELECT * FROM warehouse.spell_state
               WHERE CAST(:batch_id AS bigint) IS NULL OR employer_uscc = ANY (ARRAY(SELECT employer_uscc FROM touched_submission))) AS s
        USING (employer_uscc, person_id, first_line_id)
), rests_on AS NOT MATERIALIZED (
    SELECT person_id, employer_uscc, first_line_id AS line_id FROM spell WHERE has_both
    UNION
    SELECT person_id, employer_uscc, last_line_id FROM spell WHERE has_both
)
SELECT person_id, employer_uscc FROM spell WHERE NOT has_both
UNION
-- Of the whole base the lines are read at once; of a batch, whose spells may rest on any month, each is found by its key.
SELECT r.person_id, r.employer_uscc
FROM rests_on AS r
LEFT JOIN identity.line_person AS p ON p.line_id = r.line_id AND p.person_id = r.person_id
LEFT JOIN ledger.roster_line AS l ON l.line_id = r.line_id AND l.employer_uscc = r.employer_uscc AND l.disposition = 'published'
WHERE CAST(:batch_id AS bigint) IS NULL AND (p.line_id IS NULL OR l.line_id IS NULL)
UNION
SELECT r.person_id, r.employer_uscc
FROM rests_on AS r
CROSS JOIN LATERAL (
    SELECT (SELECT true FROM identity.line_person AS p WHERE p.line_id = r.line_id AND p.person_id = r.person_id)
       AND (SELECT true FROM ledger.submission AS s
            JOIN ledger.roster_line AS l
                ON l.report_month = s.period AND l.employer_uscc = r.employer_uscc AND l.line_id = r.line_id AND l.disposition = 'published'
            WHERE s.submission_id = r.line_id / 16777216) AS is_there
    OFFSET 0) AS looked_up
WHERE CAST(:batch_id AS bigint) IS NOT NULL AND looked_up.is_there IS NOT TRUE;
