-- A full roster replaces what covers the same unit of the same employer and month; one of another plant does not.
CREATE VIEW ledger.effective_sheet AS
SELECT s.submission_id, s.employer_uscc, s.period, s.kind, u.sheet, u.unit
FROM ledger.standing_submission AS s
JOIN ledger.submission_unit AS u USING (submission_id)
WHERE s.kind <> 'full'
   OR NOT EXISTS (
        SELECT FROM ledger.standing_submission AS later
        JOIN ledger.submission_unit AS covers ON covers.submission_id = later.submission_id
        WHERE later.employer_uscc = s.employer_uscc AND later.period = s.period AND later.kind = 'full'
          AND later.submission_id > s.submission_id AND covers.unit IN ('', u.unit));
COMMENT ON VIEW ledger.effective_sheet IS 'Tables of submissions whose lines count: not undone, not replaced by a later full roster of the same unit and month';
COMMENT ON COLUMN ledger.effective_sheet.submission_id IS 'The submission';
COMMENT ON COLUMN ledger.effective_sheet.employer_uscc IS 'The employer';
COMMENT ON COLUMN ledger.effective_sheet.period IS 'Report month, its first day';
COMMENT ON COLUMN ledger.effective_sheet.kind IS 'full, joiners, leavers, changes or correction';
COMMENT ON COLUMN ledger.effective_sheet.sheet IS 'Position of the table, as in its lines';
COMMENT ON COLUMN ledger.effective_sheet.unit IS 'The unit that it is of; empty: the whole employer';
GRANT SELECT ON ledger.effective_sheet TO clearbase_loader;

CREATE OR REPLACE VIEW ledger.effective_submission AS
SELECT s.submission_id, s.employer_uscc, s.period, s.kind, s.lines, s.recorded_at
FROM ledger.standing_submission AS s
WHERE EXISTS (SELECT FROM ledger.effective_sheet AS e WHERE e.submission_id = s.submission_id);
COMMENT ON VIEW ledger.effective_submission IS 'Submissions of which at least one table counts';

-- What the lines so far say of each spell. A month that comes in its order is folded into it, so that publishing costs what the
-- month brings and not what the years before it hold; everything else derives it again from the ledger.
CREATE TABLE warehouse.spell_state (
    employer_uscc text NOT NULL,
    person_id bigint NOT NULL,
    spell_no integer NOT NULL,
    first_month date NOT NULL,
    last_named date NOT NULL,
    last_active date,
    hire_date date,
    leave_date date,
    left_by date,
    newest_hire date,
    newest_leave date,
    unit text NOT NULL,
    absent_by date,
    first_line_id bigint NOT NULL,
    last_line_id bigint NOT NULL,
    PRIMARY KEY (employer_uscc, person_id, spell_no)
) WITH (fillfactor = 80);
COMMENT ON TABLE warehouse.spell_state IS 'What the lines so far say of each spell of employment as it is believed now; moved in place, month by month';
COMMENT ON COLUMN warehouse.spell_state.employer_uscc IS 'The employer';
COMMENT ON COLUMN warehouse.spell_state.person_id IS 'The person';
COMMENT ON COLUMN warehouse.spell_state.spell_no IS 'Which of the person''s spells there, from 0';
COMMENT ON COLUMN warehouse.spell_state.first_month IS 'First month of a line of it';
COMMENT ON COLUMN warehouse.spell_state.last_named IS 'Last month of a line of it';
COMMENT ON COLUMN warehouse.spell_state.last_active IS 'Last month of a line that does not say that the person has left';
COMMENT ON COLUMN warehouse.spell_state.hire_date IS 'Hire date of the newest line that has one';
COMMENT ON COLUMN warehouse.spell_state.leave_date IS 'Leave date of the newest line that has one';
COMMENT ON COLUMN warehouse.spell_state.left_by IS 'Last month of a line that says that the person has left, without a date';
COMMENT ON COLUMN warehouse.spell_state.newest_hire IS 'Latest of its hire dates';
COMMENT ON COLUMN warehouse.spell_state.newest_leave IS 'Latest of its leave dates';
COMMENT ON COLUMN warehouse.spell_state.unit IS 'Unit of the newest line of a full roster; empty: the whole employer';
COMMENT ON COLUMN warehouse.spell_state.absent_by IS 'First later month whose full rosters certainly do not name the person';
COMMENT ON COLUMN warehouse.spell_state.first_line_id IS 'Its first ledger line';
COMMENT ON COLUMN warehouse.spell_state.last_line_id IS 'Its newest ledger line: today''s evidence';
GRANT SELECT, INSERT, UPDATE, DELETE ON warehouse.spell_state TO clearbase_loader;

-- Recorded rows say what was believed, and are not moved any more.
ALTER TABLE warehouse.fact_employment DROP COLUMN last_line_id;
