-- The persons of a decision, and whoever may have been found absent there: a line that is now somebody's keeps nobody else any more.
INSERT INTO affected (person_id, folds)
SELECT person_id, false AS folds FROM regrouped
UNION
SELECT person_id, false
FROM warehouse.spell_state
WHERE employer_uscc = :employer_uscc
  AND last_named < (SELECT max(period) FROM ledger.submission WHERE employer_uscc = :employer_uscc)
  AND NOT warehouse.has_left(leave_date, last_active) AND NOT warehouse.has_left(left_by, last_active);
