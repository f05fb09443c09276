-- What the gate said of a batch before it was published.
CREATE TABLE quality.gate_run (
    batch_id bigint PRIMARY KEY REFERENCES intake.batch,
    run_at timestamptz NOT NULL DEFAULT now(),
    passed boolean NOT NULL,
    evaluated integer NOT NULL,
    failed jsonb NOT NULL
);
COMMENT ON TABLE quality.gate_run IS 'The last run of Great Expectations on a batch (expectations/batch_gate.json)';
COMMENT ON COLUMN quality.gate_run.batch_id IS 'The batch';
COMMENT ON COLUMN quality.gate_run.run_at IS 'When';
COMMENT ON COLUMN quality.gate_run.passed IS 'False: nothing of the batch was published';
COMMENT ON COLUMN quality.gate_run.evaluated IS 'Expectations that were evaluated';
COMMENT ON COLUMN quality.gate_run.failed IS 'Those that failed or could not be computed: code, severity, rows, fault';
GRANT SELECT, INSERT, DELETE ON quality.gate_run TO clearbase_loader;
