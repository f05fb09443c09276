-- Flags of workers' rights: what the rules with audience 'rights' (expectations/roster_line.json) say of the lines that count. No employer
-- is told them, and no analyst or clerk sees them: a reviewer does, who alone of the centre's roles looks at single persons, and whose
-- every look behind a line stands in the audit. It names persons and lines by number and shows nothing that identifies.
CREATE VIEW mart.rights_flag WITH (security_invoker = true) AS
SELECT s.employer_uscc, s.period, p.person_id, flag.code, l.line_id
FROM ledger.effective_sheet AS s
JOIN ledger.roster_line AS l
    ON l.submission_id = s.submission_id AND l.sheet = s.sheet AND l.report_month = s.period AND l.employer_uscc = s.employer_uscc
JOIN identity.line_person AS p ON p.line_id = l.line_id
JOIN (VALUES (44, 'UNDER_16'), (45, 'UNDER_18'), (46, 'OVER_RETIREMENT_AGE'), (47, 'CONTRACT_LATE'), (48, 'INSURANCE_LATE')) AS flag (bit, code)
    ON (l.rule_bits >> flag.bit) & 1 = 1
WHERE l.disposition = 'published';
COMMENT ON VIEW mart.rights_flag IS
    'Flags of workers'' rights, one of a published line that counts and a flag: under 16, under 18, over retirement age, no contract within a month, no insurance within 30 days';
COMMENT ON COLUMN mart.rights_flag.employer_uscc IS 'The employer whose roster says it';
COMMENT ON COLUMN mart.rights_flag.period IS 'The month reported, its first day: as of its last day';
COMMENT ON COLUMN mart.rights_flag.person_id IS 'The person';
COMMENT ON COLUMN mart.rights_flag.code IS 'The rule''s code in expectations/roster_line.json';
COMMENT ON COLUMN mart.rights_flag.line_id IS 'The ledger line';
-- Whoever asks a view asks with his own rights: the bits of a line are the reviewer's alone, so that they are no way round it.
GRANT SELECT (rule_bits) ON ledger.roster_line TO clearbase_reviewer;
GRANT SELECT ON mart.rights_flag TO clearbase_reviewer, clearbase_loader;
