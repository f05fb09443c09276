-- Whose spells at this employer may change when a submission comes late, replaces another, is undone or redone: those whom it and
-- the full rosters of its month name, and, where it is a full roster, whoever may have been found absent.
INSERT INTO affected (person_id, folds)
SELECT lp.person_id, false AS folds
FROM ledger.submission AS s
JOIN identity.line_person AS lp ON lp.line_id BETWEEN s.submission_id * 16777216 AND s.submission_id * 16777216 + 16777215
WHERE s.employer_uscc = :employer_uscc
  AND (s.submission_id = :submission_id OR :kind = 'full' AND s.kind = 'full' AND s.period = :period)
UNION
SELECT person_id, false
FROM warehouse.spell_state
WHERE employer_uscc = :employer_uscc AND :kind = 'full'
  AND last_named < (SELECT max(period) FROM ledger.submission WHERE employer_uscc = :employer_uscc)
  AND NOT warehouse.has_left(leave_date, last_active) AND NOT warehouse.has_left(left_by, last_active)
UNION
-- Whether somebody who was told to have left and is named again had been away is asked of the rosters between.
SELECT person_id, false
FROM warehouse.spell_state
WHERE employer_uscc = :employer_uscc AND :kind = 'full'
GROUP BY person_id
HAVING max(last_named) > :period AND bool_or(newest_leave IS NOT NULL OR left_by IS NOT NULL);
