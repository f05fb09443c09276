-- Whose spells at this employer may change when a file takes its former self's place: whom either names, and, where either is a full
-- roster, whom the other full rosters of the month name and whoever may have been found absent.
CREATE TEMPORARY TABLE affected ON COMMIT DROP AS
WITH both_of_them AS (
    SELECT submission_id, kind, period FROM ledger.submission WHERE submission_id IN (:submission_id, :replay_of)
)
SELECT lp.person_id, false AS folds
FROM both_of_them JOIN identity.line_person AS lp USING (submission_id)
UNION
SELECT lp.person_id, false
FROM ledger.submission AS s JOIN identity.line_person AS lp USING (submission_id)
WHERE s.employer_uscc = :employer_uscc AND s.kind = 'full' AND s.period = :period
  AND EXISTS (SELECT FROM both_of_them WHERE kind = 'full')
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
