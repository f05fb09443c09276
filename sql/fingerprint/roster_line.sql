SELECT count(*) AS rows, md5(coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text) AS hash
FROM (SELECT line_id, employer_uscc, report_month, sheet, row_no, disposition, rule_bits, number_state, sex, birth_month,
             hire_date, leave_date, employment_status, education, trainings, training_date, current_street, household_area
      FROM ledger.roster_line) AS t;
