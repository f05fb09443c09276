-- A roster by units takes the place of the tables of the whole employer; a table of a unit of its own that stood beside them goes on.
CREATE OR REPLACE VIEW ledger.effective_sheet WITH (security_invoker = true) AS
SELECT s.submission_id, s.employer_uscc, s.period, s.kind, u.sheet, u.unit
FROM ledger.standing_submission AS s
JOIN ledger.submission_unit AS u USING (submission_id)
WHERE s.kind <> 'full'
   OR NOT EXISTS (
        SELECT FROM ledger.standing_submission AS later
        JOIN ledger.submission_unit AS covers ON covers.submission_id = later.submission_id
        WHERE later.employer_uscc = s.employer_uscc AND later.period = s.period AND later.kind = 'full'
          AND later.submission_id > s.submission_id AND covers.unit IN ('', u.unit))
      AND NOT (u.unit = '' AND EXISTS (
        SELECT FROM ledger.takes_place AS t
        JOIN ledger.standing_submission AS later ON later.submission_id = t.submission_id
        WHERE t.former_id = s.submission_id));
COMMENT ON TABLE ledger.takes_place IS
    'Full rosters by units that name the staff of an earlier full roster of the whole employer of the same month: while they stand its tables of the whole employer do not count';
COMMENT ON COLUMN ledger.takes_place.persons IS 'Persons whom the earlier one names on its tables of the whole employer';

-- Who asks about one employer on a day, as it was known at a moment, asks of closed rows too: an index of what is believed now is of no use to him.
DROP INDEX warehouse.fact_posting_employer_uscc_person_id_idx;
CREATE INDEX ON warehouse.fact_posting (employer_uscc, person_id);

-- Who has left by the file in hand is not lost by it.
ALTER TABLE staging.line ADD COLUMN has_left boolean;
COMMENT ON COLUMN staging.line.has_left IS 'Whether the line itself tells that the worker has left';

COMMENT ON COLUMN intake.replay_file.persons_changed IS
    'Persons whose spells at the employer, or units and agencies within them, are others since that was published; null where it was not';
