-- The persons of a decision, and whoever may have been found absent there: a line that is now somebody's keeps nobody else any more.
CREATE TEMPORARY TABLE affected ON COMMIT DROP AS
SELECT unnest(CAST(:ids AS bigint[])) AS person_id, false AS folds
UNION
SELECT person_id, false
FROM warehouse.spell_state
WHERE employer_uscc = :employer_uscc
  AND last_named < (SELECT max(period) FROM ledger.submission WHERE employer_uscc = :employer_uscc)
  AND NOT coalesce(leave_date >= last_active, leave_date IS NOT NULL) AND NOT coalesce(left_by >= last_active, left_by IS NOT NULL);
