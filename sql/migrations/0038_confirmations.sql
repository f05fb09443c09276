-- What an employer has confirmed: a warning about a person, a rule and a value, and that it need not be asked again.
CREATE TABLE quality.confirmation (
    line_id bigint NOT NULL,
    submission_id bigint NOT NULL REFERENCES ledger.submission,
    employer_uscc text NOT NULL,
    rule text NOT NULL,
    token bytea NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (line_id, token)
);
CREATE INDEX ON quality.confirmation (employer_uscc);
COMMENT ON TABLE quality.confirmation IS
    'Warnings that an employer has confirmed (确认无误), each of a ledger line and so of its person; it counts while its submission does. Deletable';
COMMENT ON COLUMN quality.confirmation.line_id IS 'The ledger line that was marked';
COMMENT ON COLUMN quality.confirmation.submission_id IS 'Its submission';
COMMENT ON COLUMN quality.confirmation.employer_uscc IS 'Whose word it is; another employer is asked for its own';
COMMENT ON COLUMN quality.confirmation.rule IS 'Code of the rule that warned';
COMMENT ON COLUMN quality.confirmation.token IS
    'Token of rule, field, what stood in the cell and in those that it was compared with (HMAC-SHA-256, 16 bytes): another value is asked about again';
COMMENT ON COLUMN quality.confirmation.recorded_at IS 'When we knew';
ALTER TABLE quality.finding ADD COLUMN confirmed boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN quality.finding.confirmed IS 'Whether its employer had confirmed it when the receipt was written, which did not ask about it';
GRANT SELECT, INSERT, DELETE ON quality.confirmation TO clearbase_loader;
GRANT UPDATE (confirmed) ON quality.finding TO clearbase_loader;
