-- Of whom every line has to be read: those on effective rosters.
INSERT INTO told_party (person_id, role, month, line_id, party)
WITH effective AS MATERIALIZED (
    SELECT submission_id, sheet, period FROM ledger.effective_sheet WHERE employer_uscc = :employer_uscc
)
SELECT a.person_id, t.role, e.period, t.line_id, t.party
FROM affected AS a
JOIN identity.line_person AS lp ON lp.person_id = a.person_id
JOIN ledger.line_party AS t ON t.line_id = lp.line_id
JOIN effective AS e ON e.submission_id = lp.submission_id AND e.sheet = t.sheet
WHERE NOT a.folds;
