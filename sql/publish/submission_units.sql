INSERT INTO ledger.submission_unit (submission_id, sheet, unit)
SELECT submission_id, position, unit FROM intake.sheet WHERE submission_id = :submission_id AND lines > 0;
