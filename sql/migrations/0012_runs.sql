-- Who works on a batch, which file a submission was, and files that are held for where they lay or taken again.
ALTER TABLE intake.submission
    ADD COLUMN source_key bytea NOT NULL DEFAULT '',
    ADD COLUMN held_for text,
    ADD COLUMN again_of bigint REFERENCES intake.submission;
ALTER TABLE intake.submission ALTER COLUMN source_key DROP DEFAULT;
CREATE INDEX ON intake.submission (source_key);
CREATE INDEX ON intake.submission (again_of) WHERE again_of IS NOT NULL;
COMMENT ON COLUMN intake.submission.source_key IS 'SHA-256 of where the file lay, its inode, size and time of its last change: the same file, not merely the same bytes';
COMMENT ON COLUMN intake.submission.held_for IS 'Why it has to be held whatever it says, known from where it lay';
COMMENT ON COLUMN intake.submission.again_of IS 'The submission whose sealed file was taken again';

ALTER TABLE intake.batch ADD COLUMN run_by text NOT NULL DEFAULT 'command line';
COMMENT ON COLUMN intake.batch.run_by IS 'Which run works on it: the command line, or the id of a Dag run';
CREATE UNIQUE INDEX one_batch_a_run ON intake.batch (run_by) WHERE run_by <> 'command line';
