-- A person's spells as believed now, each with the file and row that begins it and the one that names it last, and the months
-- whose headcount it is in.
SELECT e.employer_uscc AS employer, e.valid_from, nullif(e.valid_to, 'infinity') AS valid_to, e.start_evidence, e.leave_evidence, e.leave_earliest,
       (e.first_line_id / 16777216)::text || '/' || f.sheet || '/' || f.row_no AS first_row,
       (t.last_line_id / 16777216)::text || '/' || l.sheet || '/' || l.row_no AS last_row,
       nullif(t.unit, '') AS unit,
       (SELECT count(*) FROM warehouse.dim_date AS d
        WHERE d.month_end >= e.valid_from AND d.month_end < e.valid_to AND d.month <= (SELECT max(period) FROM ledger.standing_submission AS s WHERE s.employer_uscc = e.employer_uscc)) AS months_counted
FROM warehouse.fact_employment AS e
JOIN warehouse.spell_state AS t USING (employer_uscc, person_id, first_line_id)
JOIN ledger.submission AS fs ON fs.submission_id = e.first_line_id / 16777216
JOIN ledger.roster_line AS f ON f.report_month = fs.period AND f.employer_uscc = fs.employer_uscc AND f.line_id = e.first_line_id
JOIN ledger.submission AS ls ON ls.submission_id = t.last_line_id / 16777216
JOIN ledger.roster_line AS l ON l.report_month = ls.period AND l.employer_uscc = ls.employer_uscc AND l.line_id = t.last_line_id
WHERE e.person_id = :person_id AND e.known_to = 'infinity'
ORDER BY e.valid_from;
