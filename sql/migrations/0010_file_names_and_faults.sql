-- A file may be named after a person: the name is sealed, and what is shown holds roster words only until it is read.
ALTER TABLE intake.submission
    ADD COLUMN file_name_sealed bytea NOT NULL,
    ADD COLUMN source_key bytea NOT NULL,
    ADD COLUMN held_for text,
    ADD COLUMN again_of bigint REFERENCES intake.submission,
    ADD COLUMN fault text;
CREATE INDEX ON intake.submission (source_key);
COMMENT ON COLUMN intake.submission.file_name IS 'What may be shown of the file''s name: no long digit runs, no name of its people; roster words only, where it was not read';
COMMENT ON COLUMN intake.submission.file_name_sealed IS 'The name as the employer gave it, sealed under a data key';
COMMENT ON COLUMN intake.submission.source_key IS 'SHA-256 of where the file lay, its inode, size and time of change: the same file, not merely the same bytes';
COMMENT ON COLUMN intake.submission.held_for IS 'Why it has to be held whatever it says, known from where it lay';
COMMENT ON COLUMN intake.submission.again_of IS 'The submission whose sealed file was taken again';
COMMENT ON COLUMN intake.submission.fault IS 'Stage, type and place of a fault of ours that held the file; never its text, which may quote a cell';

ALTER TABLE intake.batch ADD COLUMN run_by text NOT NULL DEFAULT 'command line';
COMMENT ON COLUMN intake.batch.run_by IS 'Which run works on it: the command line, or the id of a Dag run';
CREATE UNIQUE INDEX one_batch_a_run ON intake.batch (run_by) WHERE run_by <> 'command line';
