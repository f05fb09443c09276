-- What a person has decided about a file that was held for doubt: the ledger's own row, and the next batch goes on from it.
CREATE TABLE ledger.hold_decision (
    decision_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    submission_id bigint NOT NULL REFERENCES intake.submission,
    verdict text NOT NULL CHECK (verdict IN ('approved', 'refused')),
    reason text NOT NULL,
    decided_by text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (submission_id)
);
COMMENT ON TABLE ledger.hold_decision IS 'Files that were held for doubt and decided: approved ones are taken again and published, refused ones are not';
COMMENT ON COLUMN ledger.hold_decision.decision_id IS 'In the order of recording';
COMMENT ON COLUMN ledger.hold_decision.submission_id IS 'The submission that was held';
COMMENT ON COLUMN ledger.hold_decision.verdict IS 'approved: it says what it says; refused: the employer has to send another';
COMMENT ON COLUMN ledger.hold_decision.reason IS 'Why, in the words of who decided; never personal data';
COMMENT ON COLUMN ledger.hold_decision.decided_by IS 'By whom or by what command';
COMMENT ON COLUMN ledger.hold_decision.recorded_at IS 'When';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger.hold_decision FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON ledger.hold_decision EXECUTE FUNCTION ledger.refuse_change();
GRANT SELECT, INSERT ON ledger.hold_decision TO clearbase_loader;

CREATE TABLE intake.doubt (
    submission_id bigint PRIMARY KEY REFERENCES intake.submission,
    reason_code text NOT NULL,
    persons_before integer NOT NULL,
    persons_now integer NOT NULL,
    missing integer NOT NULL,
    usual_loss numeric NOT NULL,
    other_names integer NOT NULL,
    other_numbers integer NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE intake.doubt IS 'The figures for which a file was held; counts only';
COMMENT ON COLUMN intake.doubt.submission_id IS 'The submission';
COMMENT ON COLUMN intake.doubt.reason_code IS 'loss_unexplained, names_contradict or numbers_changed';
COMMENT ON COLUMN intake.doubt.persons_before IS 'Persons believed to be employed there when it came';
COMMENT ON COLUMN intake.doubt.persons_now IS 'Persons that it names';
COMMENT ON COLUMN intake.doubt.missing IS 'Persons believed to be employed there whom it does not name';
COMMENT ON COLUMN intake.doubt.usual_loss IS 'The largest share of its staff that this employer has lost from one full roster to the next';
COMMENT ON COLUMN intake.doubt.other_names IS 'Lines whose identity number is known under another name';
COMMENT ON COLUMN intake.doubt.other_numbers IS 'Names of the roster before that now stand with another number';
COMMENT ON COLUMN intake.doubt.recorded_at IS 'When';
GRANT SELECT, INSERT ON intake.doubt TO clearbase_loader;
