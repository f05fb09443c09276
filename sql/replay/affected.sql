-- Whose spells at this employer may change when a file takes its former self's place: whom either names, and, where either is a full
-- roster, whom the other full rosters of the month name and whoever may have been found absent. Each file is a range of the key
-- (publish/all_persons).
INSERT INTO affected (person_id, folds)
WITH both_of_them AS (
    SELECT submission_id, kind FROM ledger.submission WHERE submission_id IN (:submission_id, :replay_of)
), file AS (
    SELECT submission_id FROM both_of_them
    UNION
    SELECT submission_id FROM ledger.submission
    WHERE employer_uscc = :employer_uscc AND kind = 'full' AND period = :period AND EXISTS (SELECT FROM both_of_them WHERE kind = 'full')
)
SELECT p.person_id, false AS folds
FROM file
CROSS JOIN LATERAL (
    SELECT person_id FROM identity.line_person
    WHERE line_id BETWEEN file.submission_id * 16777216 AND file.submission_id * 16777216 + 16777215
    OFFSET 0) AS p
UNION
SELECT person_id, false
FROM warehouse.spell_state
WHERE employer_uscc = :employer_uscc AND EXISTS (SELECT FROM both_of_them WHERE kind = 'full')
  AND last_named < (SELECT max(period) FROM ledger.submission WHERE employer_uscc = :employer_uscc)
  AND NOT warehouse.has_left(leave_date, last_active) AND NOT warehouse.has_left(left_by, last_active)
UNION
-- Whether somebody who was told to have left and is named again had been away is asked of the rosters between.
SELECT person_id, false
FROM warehouse.spell_state
WHERE employer_uscc = :employer_uscc AND EXISTS (SELECT FROM both_of_them WHERE kind = 'full')
GROUP BY person_id
HAVING max(last_named) > :period AND bool_or(newest_leave IS NOT NULL OR left_by IS NOT NULL);
