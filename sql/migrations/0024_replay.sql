-- Published files that are taken again under the rules, columns and kinds of a later day, each in the place of its former self.
ALTER TABLE intake.submission ADD COLUMN replay_of bigint REFERENCES intake.submission;
CREATE INDEX ON intake.submission (replay_of) WHERE replay_of IS NOT NULL;
COMMENT ON COLUMN intake.submission.replay_of IS
    'The published submission of the same bytes whose place it takes when it is published; null for what an employer sent';

CREATE TABLE intake.replay (
    replay_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    first_month date NOT NULL,
    last_month date NOT NULL,
    employer_uscc text,
    reason text NOT NULL,
    asked_by text NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz,
    CHECK (first_month <= last_month)
);
COMMENT ON TABLE intake.replay IS 'Months that were replayed: who asked for it and when; what it changed is read from recorded time';
COMMENT ON COLUMN intake.replay.replay_id IS 'Number of the replay';
COMMENT ON COLUMN intake.replay.first_month IS 'First report month, its first day';
COMMENT ON COLUMN intake.replay.last_month IS 'Last report month, its first day';
COMMENT ON COLUMN intake.replay.employer_uscc IS 'Of this employer alone (GB 32100); null: of all';
COMMENT ON COLUMN intake.replay.reason IS 'Why, in the words of who asked; never personal data';
COMMENT ON COLUMN intake.replay.asked_by IS 'By whom or by what command';
COMMENT ON COLUMN intake.replay.asked_at IS 'When; what was believed then is what it is compared with';
COMMENT ON COLUMN intake.replay.closed_at IS 'When all its files had their outcome; null: it goes on when it is asked for again';

CREATE TABLE intake.replay_file (
    replay_id bigint NOT NULL REFERENCES intake.replay,
    submission_id bigint NOT NULL REFERENCES intake.submission,
    batch_no integer,
    replayed_as bigint REFERENCES intake.submission,
    persons_changed integer,
    PRIMARY KEY (replay_id, submission_id)
);
CREATE INDEX ON intake.replay_file (replayed_as);
COMMENT ON TABLE intake.replay_file IS 'The files of a replay';
COMMENT ON COLUMN intake.replay_file.replay_id IS 'The replay';
COMMENT ON COLUMN intake.replay_file.submission_id IS 'The published submission that counted when it was asked for';
COMMENT ON COLUMN intake.replay_file.batch_no IS 'Which batch of the replay takes it; null: its original is gone, or that of a later file of its month';
COMMENT ON COLUMN intake.replay_file.replayed_as IS 'The submission that it was taken again as';
COMMENT ON COLUMN intake.replay_file.persons_changed IS 'Persons whose spells at the employer are others since that was published; null where it was not';
GRANT SELECT, INSERT, UPDATE ON intake.replay, intake.replay_file TO clearbase_loader;
