-- Files are held and refused by their own figures, too (expectations/roster_file.json), before anybody is asked who their people are.
ALTER TABLE intake.doubt
    ALTER COLUMN persons_before DROP NOT NULL, ALTER COLUMN persons_now DROP NOT NULL, ALTER COLUMN missing DROP NOT NULL,
    ALTER COLUMN usual_loss DROP NOT NULL, ALTER COLUMN other_names DROP NOT NULL, ALTER COLUMN other_numbers DROP NOT NULL,
    ADD COLUMN figures jsonb;
COMMENT ON TABLE intake.doubt IS 'The figures for which a file was held, or refused by a rule of roster_file.json; counts and shares only';
COMMENT ON COLUMN intake.doubt.reason_code IS
    'The rule of roster_file.json that it broke, or kind_by_history or no_authority';
COMMENT ON COLUMN intake.doubt.figures IS
    'The figures of the file by themselves (quality/file_figures.py), where one of them is why; null where what was believed of its employer is';
