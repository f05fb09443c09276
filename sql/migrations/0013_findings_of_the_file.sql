-- What is found of a file as a whole has neither sheet nor row. A sheet's position tells its tables apart.
ALTER TABLE quality.finding ALTER COLUMN sheet DROP NOT NULL, ALTER COLUMN row_no DROP NOT NULL;
COMMENT ON COLUMN quality.finding.sheet IS 'Sheet, as intake.sheet.position; null where the file as a whole is meant';
COMMENT ON COLUMN quality.finding.row_no IS 'Row, from 1, as the employer sees it; null where the sheet or the file is meant';
COMMENT ON COLUMN quality.finding.rule IS 'Code of the rule (expectations/roster_line.json), or of what reading observed';
COMMENT ON COLUMN intake.sheet.position IS 'Which table: the number of its sheet in the workbook, from 1, and 1000 more for each further table on it';
