-- Lines whose persons an earlier file of the employer and month has named with the same hire date, and that counts.
SELECT DISTINCT own.line_id
FROM identity.line_person AS own
JOIN ledger.roster_line AS mine
  ON mine.report_month = :period AND mine.employer_uscc = :employer_uscc AND mine.line_id = own.line_id
JOIN identity.line_person AS other ON other.person_id = own.person_id AND other.submission_id < own.submission_id
JOIN ledger.roster_line AS theirs
  ON theirs.report_month = :period AND theirs.employer_uscc = :employer_uscc AND theirs.line_id = other.line_id
JOIN ledger.standing_submission AS s ON s.submission_id = theirs.submission_id
WHERE own.line_id = ANY(CAST(:line_ids AS bigint[]))
  AND theirs.disposition = 'published' AND theirs.hire_date = mine.hire_date;
