INSERT INTO ledger.roster_line (line_id, submission_id, employer_uscc, report_month, sheet, row_no, disposition, rule_bits, number_state, sex, birth_month,
    hire_date, employment_status, key_no, sealed)
SELECT line_id, submission_id, employer_uscc, '2025-12-01', 1, i % 5000 + 2, 'published', 0, 'usable', 'male', '1990-01-01', '2024-03-05', 'active', i,
       decode(repeat(md5(i::text), 32), 'hex')
FROM public.spell
