-- Two more kinds of roster: changes add up like joiners' and leavers' lists; a correction speaks again of whom it names, in its month.
ALTER TABLE intake.submission DROP CONSTRAINT submission_kind_check, DROP CONSTRAINT submission_given_kind_check,
    ADD CONSTRAINT submission_kind_check CHECK (kind IN ('full', 'joiners', 'leavers', 'changes', 'correction')),
    ADD CONSTRAINT submission_given_kind_check CHECK (given_kind IN ('full', 'joiners', 'leavers', 'changes', 'correction'));
COMMENT ON COLUMN intake.submission.kind IS
    'full: everybody on the roll of what it covers; joiners, leavers, changes: lists that add up; correction: says again what it names';
ALTER TABLE ledger.submission DROP CONSTRAINT submission_kind_check,
    ADD CONSTRAINT submission_kind_check CHECK (kind IN ('full', 'joiners', 'leavers', 'changes', 'correction'));
COMMENT ON COLUMN ledger.submission.kind IS 'full, joiners, leavers, changes or correction';

-- What a full roster is full of: an employer that sends a file or a sheet for each plant loses nobody by a file of one of them.
ALTER TABLE intake.sheet ADD COLUMN unit text NOT NULL DEFAULT '';
COMMENT ON COLUMN intake.sheet.unit IS 'Branch, plant, workshop or user unit that the table is of, as compared; empty: the whole employer';

CREATE TABLE ledger.submission_unit (
    submission_id bigint NOT NULL REFERENCES ledger.submission,
    sheet smallint NOT NULL,
    unit text NOT NULL,
    PRIMARY KEY (submission_id, sheet)
);
COMMENT ON TABLE ledger.submission_unit IS 'Which unit of the employer each table of a published submission is of';
COMMENT ON COLUMN ledger.submission_unit.submission_id IS 'The submission';
COMMENT ON COLUMN ledger.submission_unit.sheet IS 'Position of the table, as in its lines';
COMMENT ON COLUMN ledger.submission_unit.unit IS 'The unit as compared; empty: the whole employer';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger.submission_unit FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON ledger.submission_unit EXECUTE FUNCTION ledger.refuse_change();
GRANT SELECT, INSERT ON ledger.submission_unit TO clearbase_loader;
