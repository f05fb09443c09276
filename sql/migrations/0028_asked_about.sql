-- A file with other employers' people and no authority is asked about as well: whose they are, and whose roster it would be.
ALTER TABLE intake.doubt ADD COLUMN would_be_of text CHECK (length(would_be_of) = 18);
COMMENT ON COLUMN intake.doubt.reason_code IS
    'names_contradict, numbers_changed, mapping_doubtful, replacement_doubtful, loss_unexplained, late_loss, kind_by_history or no_authority';
COMMENT ON COLUMN intake.doubt.would_be_of IS
    'Of a file held for no_authority: credit code of the employer whose roster it is once it is approved; null otherwise';

CREATE TABLE intake.doubt_employer (
    submission_id bigint NOT NULL REFERENCES intake.submission,
    employer_uscc text NOT NULL CHECK (length(employer_uscc) = 18),
    lines integer NOT NULL,
    PRIMARY KEY (submission_id, employer_uscc)
);
COMMENT ON TABLE intake.doubt_employer IS 'The other employers whose people a file held for no_authority names';
COMMENT ON COLUMN intake.doubt_employer.submission_id IS 'The submission';
COMMENT ON COLUMN intake.doubt_employer.employer_uscc IS 'Credit code of the other employer (GB 32100)';
COMMENT ON COLUMN intake.doubt_employer.lines IS 'Lines that name it as the employer; 0 where title or file name alone do';
GRANT SELECT, INSERT ON intake.doubt_employer TO clearbase_loader;

-- What nobody has answered is asked again: a question that was lost or waited too long blocks nothing.
ALTER TABLE intake.doubt ADD COLUMN asked_at timestamptz;
COMMENT ON COLUMN intake.doubt.asked_at IS 'When that run asked; a day later somebody is asked anew';
UPDATE intake.doubt SET asked_at = recorded_at WHERE asked_by_run IS NOT NULL;
GRANT UPDATE (asked_at) ON intake.doubt TO clearbase_loader;
