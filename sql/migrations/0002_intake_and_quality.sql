CREATE SEQUENCE intake.batch_number;
CREATE TABLE intake.batch (
    batch_id bigint PRIMARY KEY DEFAULT nextval('intake.batch_number'),
    opened_at timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz
);
COMMENT ON TABLE intake.batch IS 'One run over what waited';
COMMENT ON COLUMN intake.batch.batch_id IS 'Number of the batch';
COMMENT ON COLUMN intake.batch.opened_at IS 'When its files were claimed';
COMMENT ON COLUMN intake.batch.closed_at IS 'When every file of it had its outcome and receipt';

CREATE TABLE intake.submission (
    submission_id bigint PRIMARY KEY,
    batch_id bigint NOT NULL REFERENCES intake.batch,
    file_name text NOT NULL,
    file_sha256 bytea NOT NULL,
    file_bytes bigint NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    given_employer text,
    given_period date,
    given_kind text CHECK (given_kind IN ('full', 'joiners', 'leavers')),
    employer_uscc text,
    period date CHECK (period = date_trunc('month', period)),
    kind text CHECK (kind IN ('full', 'joiners', 'leavers')),
    state text NOT NULL DEFAULT 'claimed'
        CHECK (state IN ('claimed', 'read', 'checked', 'resolved', 'decided', 'closed')),
    outcome text CHECK (outcome IN ('published', 'held', 'refused', 'unreadable', 'repeated')),
    reason_code text,
    repeat_of bigint REFERENCES intake.submission,
    rows_read integer NOT NULL DEFAULT 0,
    rows_published integer NOT NULL DEFAULT 0,
    rows_quarantined integer NOT NULL DEFAULT 0,
    rows_repeated integer NOT NULL DEFAULT 0,
    rows_held integer NOT NULL DEFAULT 0,
    rows_refused integer NOT NULL DEFAULT 0,
    rows_set_aside integer NOT NULL DEFAULT 0,
    decided_at timestamptz,
    CONSTRAINT every_row_accounted CHECK (outcome IS NULL OR rows_read =
        rows_published + rows_quarantined + rows_repeated + rows_held + rows_refused + rows_set_aside)
);
CREATE INDEX ON intake.submission (file_sha256);
CREATE INDEX ON intake.submission (batch_id);
CREATE INDEX ON intake.submission (employer_uscc, period);
COMMENT ON TABLE intake.submission IS 'One file handed in, and what became of it';
COMMENT ON COLUMN intake.submission.submission_id IS 'Number from the house-wide count of sources; ledger ids of its lines begin with it';
COMMENT ON COLUMN intake.submission.batch_id IS 'The batch that took it';
COMMENT ON COLUMN intake.submission.file_name IS 'Name of the file; long digit runs are masked';
COMMENT ON COLUMN intake.submission.file_sha256 IS 'SHA-256 of the bytes: the same bytes for the same employer and month are one submission';
COMMENT ON COLUMN intake.submission.file_bytes IS 'Size in bytes';
COMMENT ON COLUMN intake.submission.received_at IS 'When it was claimed';
COMMENT ON COLUMN intake.submission.given_employer IS 'Credit code named by --employer or by the folder; wins over the content';
COMMENT ON COLUMN intake.submission.given_period IS 'Month named by --period';
COMMENT ON COLUMN intake.submission.given_kind IS 'Kind named by --kind';
COMMENT ON COLUMN intake.submission.employer_uscc IS 'Credit code that it was taken for (GB 32100)';
COMMENT ON COLUMN intake.submission.period IS 'Report month, its first day';
COMMENT ON COLUMN intake.submission.kind IS 'full: everybody on the roll; joiners, leavers: a list that adds up';
COMMENT ON COLUMN intake.submission.state IS 'How far it has come; every stage can be run again';
COMMENT ON COLUMN intake.submission.outcome IS 'What became of the file';
COMMENT ON COLUMN intake.submission.reason_code IS 'Why, where it was not published';
COMMENT ON COLUMN intake.submission.repeat_of IS 'The submission whose bytes these are';
COMMENT ON COLUMN intake.submission.rows_read IS 'Rows of all sheets, titles and totals included';
COMMENT ON COLUMN intake.submission.rows_published IS 'Roster lines published';
COMMENT ON COLUMN intake.submission.rows_quarantined IS 'Lines without a usable name or without any evidence';
COMMENT ON COLUMN intake.submission.rows_repeated IS 'Lines that say again what another line of the file says';
COMMENT ON COLUMN intake.submission.rows_held IS 'Lines of a held file';
COMMENT ON COLUMN intake.submission.rows_refused IS 'Lines of a refused file';
COMMENT ON COLUMN intake.submission.rows_set_aside IS 'Titles, headers, totals, blanks, notes and sheets that hold no roster';
COMMENT ON COLUMN intake.submission.decided_at IS 'When the outcome was reached';

CREATE TABLE intake.sheet (
    submission_id bigint NOT NULL REFERENCES intake.submission,
    position smallint NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    reason text NOT NULL,
    header_row integer,
    rows_read integer NOT NULL,
    lines integer NOT NULL,
    set_aside jsonb NOT NULL,
    columns jsonb NOT NULL,
    PRIMARY KEY (submission_id, position)
);
COMMENT ON TABLE intake.sheet IS 'Each sheet of each file: what it was taken for, and where its rows went';
COMMENT ON COLUMN intake.sheet.submission_id IS 'The submission';
COMMENT ON COLUMN intake.sheet.position IS 'Which sheet of the workbook, from 1';
COMMENT ON COLUMN intake.sheet.name IS 'Name of the sheet; long digit runs and names of its people are masked';
COMMENT ON COLUMN intake.sheet.role IS 'roster or set_aside';
COMMENT ON COLUMN intake.sheet.reason IS 'Why it was taken for that';
COMMENT ON COLUMN intake.sheet.header_row IS 'Row of the header, from 1';
COMMENT ON COLUMN intake.sheet.rows_read IS 'Rows read';
COMMENT ON COLUMN intake.sheet.lines IS 'Roster lines among them';
COMMENT ON COLUMN intake.sheet.set_aside IS 'Reason to number of rows set aside';
COMMENT ON COLUMN intake.sheet.columns IS 'Each column: position, catalogue field or null, whether forbidden, reason';

CREATE TABLE quality.finding (
    submission_id bigint NOT NULL REFERENCES intake.submission,
    sheet smallint NOT NULL,
    row_no integer NOT NULL,
    col_no smallint,
    field text,
    rule text NOT NULL,
    severity text NOT NULL CHECK (severity IN ('error', 'warning', 'info'))
);
CREATE INDEX ON quality.finding (submission_id);
COMMENT ON TABLE quality.finding IS 'One flagged cell; what it held is told only in the receipt';
COMMENT ON COLUMN quality.finding.submission_id IS 'The submission';
COMMENT ON COLUMN quality.finding.sheet IS 'Sheet, from 1';
COMMENT ON COLUMN quality.finding.row_no IS 'Row, from 1, as the employer sees it';
COMMENT ON COLUMN quality.finding.col_no IS 'Column, from 1; null where the column is missing';
COMMENT ON COLUMN quality.finding.field IS 'Catalogue field (fields.csv); null where the line as a whole is meant';
COMMENT ON COLUMN quality.finding.rule IS 'Code of the rule (expectations/roster_line.json)';
COMMENT ON COLUMN quality.finding.severity IS 'error: the value is withheld; warning; info';

CREATE TABLE quality.rule_count (
    submission_id bigint NOT NULL REFERENCES intake.submission,
    rule text NOT NULL,
    flagged integer NOT NULL,
    PRIMARY KEY (submission_id, rule)
);
COMMENT ON TABLE quality.rule_count IS 'How many cells of a submission each rule flagged';
COMMENT ON COLUMN quality.rule_count.submission_id IS 'The submission';
COMMENT ON COLUMN quality.rule_count.rule IS 'Code of the rule';
COMMENT ON COLUMN quality.rule_count.flagged IS 'Cells flagged';

GRANT SELECT, INSERT, UPDATE ON intake.batch, intake.submission TO clearbase_loader;
GRANT SELECT, INSERT, DELETE ON intake.sheet, quality.finding, quality.rule_count TO clearbase_loader;
GRANT USAGE ON SEQUENCE intake.batch_number TO clearbase_loader;
