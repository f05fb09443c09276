-- What became of the lines of a submission when it was checked.
SELECT sheet, row_no, disposition, number_state, rule_bits
FROM ledger.roster_line
WHERE submission_id = :submission_id AND report_month = :period AND employer_uscc = :employer_uscc;
