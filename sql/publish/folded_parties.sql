-- Of whom is kept on with: what is believed stands for the months before (the line that began each piece), and this submission's
-- lines come on top.
INSERT INTO told_party (person_id, role, month, line_id, party)
SELECT f.person_id, f.role, f.told_from, f.line_id, f.party
FROM warehouse.fact_posting AS f
WHERE f.employer_uscc = :employer_uscc AND f.known_to = 'infinity' AND f.person_id IN (SELECT person_id FROM affected WHERE folds)
UNION ALL
SELECT l.person_id, t.role, l.report_month, t.line_id, t.party
FROM line_in_hand AS l
JOIN affected AS a ON a.person_id = l.person_id
JOIN ledger.line_party AS t ON t.line_id = l.line_id
WHERE a.folds;
