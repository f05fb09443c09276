-- A file may be named after a person: the name is sealed, and what is shown holds roster words only until it is read.
-- Of older submissions nothing but that name is known, so nothing is sealed.
ALTER TABLE intake.submission ADD COLUMN file_name_sealed bytea NOT NULL DEFAULT '', ADD COLUMN fault text;
ALTER TABLE intake.submission ALTER COLUMN file_name_sealed DROP DEFAULT;
COMMENT ON COLUMN intake.submission.file_name IS 'What may be shown of the file''s name: no long digit runs, no name of its people; roster words only, where it was not read';
COMMENT ON COLUMN intake.submission.file_name_sealed IS 'The name as the employer gave it, sealed under a data key';
COMMENT ON COLUMN intake.submission.fault IS 'Stage, type and place of a fault of ours that held the file; never its text, which may quote a cell';
COMMENT ON COLUMN intake.submission.given_employer IS 'Employer that the operator named, else the one whose folder the file lay in';
COMMENT ON COLUMN intake.submission.employer_uscc IS 'Employer of the roster: what the operator named, else settled when the file was read';
