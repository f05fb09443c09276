-- An employer that sends its month as one table of all and again as a workbook by workshops means the same staff: which full roster
-- takes the place of which is decided when the later of them is published, and is a row of the ledger. It holds while both stand.
CREATE TABLE ledger.takes_place (
    submission_id bigint NOT NULL REFERENCES ledger.submission,
    former_id bigint NOT NULL REFERENCES ledger.submission,
    persons integer NOT NULL,
    named_again integer NOT NULL,
    PRIMARY KEY (former_id, submission_id),
    CHECK (former_id < submission_id),
    CHECK (named_again <= persons)
);
COMMENT ON TABLE ledger.takes_place IS
    'Full rosters by units that name the staff of an earlier full roster of the whole employer of the same month: while they stand that one does not count';
COMMENT ON COLUMN ledger.takes_place.submission_id IS 'The roster by units';
COMMENT ON COLUMN ledger.takes_place.former_id IS 'The earlier roster of the whole employer, standing or not';
COMMENT ON COLUMN ledger.takes_place.persons IS 'Persons whom the earlier one names';
COMMENT ON COLUMN ledger.takes_place.named_again IS 'Those of them whom the roster by units names, too';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger.takes_place FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON ledger.takes_place EXECUTE FUNCTION ledger.refuse_change();
GRANT SELECT, INSERT ON ledger.takes_place TO clearbase_loader;

CREATE OR REPLACE VIEW ledger.effective_sheet AS
SELECT s.submission_id, s.employer_uscc, s.period, s.kind, u.sheet, u.unit
FROM ledger.standing_submission AS s
JOIN ledger.submission_unit AS u USING (submission_id)
WHERE s.kind <> 'full'
   OR NOT EXISTS (
        SELECT FROM ledger.standing_submission AS later
        JOIN ledger.submission_unit AS covers ON covers.submission_id = later.submission_id
        WHERE later.employer_uscc = s.employer_uscc AND later.period = s.period AND later.kind = 'full'
          AND later.submission_id > s.submission_id AND covers.unit IN ('', u.unit))
      AND NOT EXISTS (
        SELECT FROM ledger.takes_place AS t
        JOIN ledger.standing_submission AS later ON later.submission_id = t.submission_id
        WHERE t.former_id = s.submission_id);
COMMENT ON VIEW ledger.effective_sheet IS
    'Tables of submissions whose lines count: not undone, not replaced by a later full roster of the same unit and month or by one that takes its place';
