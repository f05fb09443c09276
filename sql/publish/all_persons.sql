-- Everybody whom an employer has named: file by file, as a range of the key. OFFSET 0 keeps the planner, which takes every range for
-- a share of the table, from reading all of it.
INSERT INTO affected (person_id, folds)
SELECT DISTINCT p.person_id, false AS folds
FROM ledger.submission AS s
CROSS JOIN LATERAL (
    SELECT person_id FROM identity.line_person
    WHERE line_id BETWEEN s.submission_id * 16777216 AND s.submission_id * 16777216 + 16777215
    OFFSET 0) AS p
WHERE s.employer_uscc = :employer_uscc;
