-- The spell at its employer that a line is part of: which it begins, goes on with, or names last.
SELECT e.valid_from, nullif(e.valid_to, 'infinity') AS valid_to, e.start_evidence, e.leave_evidence,
       concat_ws(', ', CASE WHEN t.first_line_id = :line_id THEN 'begins it' END, CASE WHEN t.last_line_id = :line_id THEN 'names it last' END,
                 CASE WHEN :line_id NOT IN (t.first_line_id, t.last_line_id) THEN 'goes on with it' END) AS this_row
FROM ledger.standing_submission AS s
JOIN identity.line_person AS p ON p.line_id = :line_id
JOIN warehouse.spell_state AS t
    ON t.employer_uscc = s.employer_uscc AND t.person_id = p.person_id AND s.period BETWEEN t.first_month AND t.last_named
JOIN warehouse.fact_employment AS e
    ON e.employer_uscc = t.employer_uscc AND e.person_id = t.person_id AND e.first_line_id = t.first_line_id AND e.known_to = 'infinity'
WHERE s.submission_id = CAST(:line_id AS bigint) / 16777216
ORDER BY e.valid_from;
