-- What a clerk has said of an employer's columns: it goes before whatever reading would choose.
CREATE TABLE intake.column_correction (
    correction_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    employer_uscc text NOT NULL,
    header text NOT NULL,
    field text,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    recorded_by text NOT NULL
);
CREATE INDEX ON intake.column_correction (employer_uscc);
COMMENT ON TABLE intake.column_correction IS 'Columns of an employer''s files that a clerk has assigned; the newest of a header holds, nothing is ever changed';
COMMENT ON COLUMN intake.column_correction.correction_id IS 'In the order of recording';
COMMENT ON COLUMN intake.column_correction.employer_uscc IS 'Unified social credit code (GB 32100)';
COMMENT ON COLUMN intake.column_correction.header IS 'The header in the form in which headers are compared, its levels joined';
COMMENT ON COLUMN intake.column_correction.field IS 'Catalogue field (fields.csv); null: the column is none of ours';
COMMENT ON COLUMN intake.column_correction.recorded_at IS 'When';
COMMENT ON COLUMN intake.column_correction.recorded_by IS 'By whom or by what command';
GRANT SELECT, INSERT ON intake.column_correction TO clearbase_loader;
