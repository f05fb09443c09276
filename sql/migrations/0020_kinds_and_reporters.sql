-- Why a roster was taken for the kind that it is: what history says may be asked about, so that it has to be told.
ALTER TABLE intake.submission ADD COLUMN kind_reason text
    CHECK (kind_reason IN ('given', 'title', 'file_name', 'sheet_name', 'folder', 'column', 'content', 'history'));
COMMENT ON COLUMN intake.submission.kind_reason IS
    'What told the kind: given with the file; title, file_name, sheet_name, folder: its words; column: each line says it; content: what all lines are; history: no word, so what is believed of the employer; null where it is unclear or of an older file';

-- What makes a replacement, a mapping or a kind doubtful, beside the figures that are there.
ALTER TABLE intake.doubt
    ADD COLUMN replaced integer NOT NULL DEFAULT 0,
    ADD COLUMN named_again integer NOT NULL DEFAULT 0,
    ADD COLUMN unsure_columns integer NOT NULL DEFAULT 0,
    ADD COLUMN moved_columns integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN intake.doubt.reason_code IS
    'names_contradict, numbers_changed, mapping_doubtful, replacement_doubtful, loss_unexplained or kind_by_history';
COMMENT ON COLUMN intake.doubt.replaced IS 'Persons of the full roster of the same month and unit that it would replace';
COMMENT ON COLUMN intake.doubt.named_again IS 'Those of them whom it names too';
COMMENT ON COLUMN intake.doubt.unsure_columns IS 'Columns taken for the name or the identity number on a doubtful likeness';
COMMENT ON COLUMN intake.doubt.moved_columns IS
    'Columns that were the identity number, hire or leave date in the employer''s former file and are now taken for something else';

-- Who may report for whom (代报): an agency, a park, an accountant.
CREATE TABLE ledger.authorised_reporter (
    entry_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reporter_uscc text NOT NULL CHECK (length(reporter_uscc) = 18),
    employer_uscc text NOT NULL CHECK (length(employer_uscc) = 18),
    valid_from date,
    valid_to date,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    recorded_by text NOT NULL,
    CHECK (reporter_uscc <> employer_uscc),
    CHECK (valid_from <= valid_to)
);
CREATE INDEX ON ledger.authorised_reporter (reporter_uscc, employer_uscc, entry_id DESC);
COMMENT ON TABLE ledger.authorised_reporter IS 'Who may report for another employer; the newest entry of a pair holds';
COMMENT ON COLUMN ledger.authorised_reporter.entry_id IS 'In the order of recording';
COMMENT ON COLUMN ledger.authorised_reporter.reporter_uscc IS 'Credit code of who reports (GB 32100)';
COMMENT ON COLUMN ledger.authorised_reporter.employer_uscc IS 'Credit code of the employer whose roster it is';
COMMENT ON COLUMN ledger.authorised_reporter.valid_from IS 'First day of the first month that may be reported; null: any';
COMMENT ON COLUMN ledger.authorised_reporter.valid_to IS 'First day that no longer counts; null: no end; equal to valid_from: never';
COMMENT ON COLUMN ledger.authorised_reporter.recorded_at IS 'When';
COMMENT ON COLUMN ledger.authorised_reporter.recorded_by IS 'By whom or by what command';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger.authorised_reporter FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON ledger.authorised_reporter EXECUTE FUNCTION ledger.refuse_change();
GRANT SELECT, INSERT ON ledger.authorised_reporter TO clearbase_loader;
