CREATE TABLE identity.data_key (
    key_id bigint PRIMARY KEY,
    wrapped bytea NOT NULL,
    token_check bytea NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE identity.data_key IS 'Data keys, wrapped by the key-encryption key, which is never in the database';
COMMENT ON COLUMN identity.data_key.key_id IS 'Version; the newest wraps what is new';
COMMENT ON COLUMN identity.data_key.wrapped IS 'The data key, sealed under the key-encryption key';
COMMENT ON COLUMN identity.data_key.token_check IS 'Tells whether the token key at hand is the one that made the tokens';
COMMENT ON COLUMN identity.data_key.made_at IS 'When it was made';

CREATE TABLE identity.person (
    person_id bigint PRIMARY KEY,
    recorded_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE identity.person IS 'A person; the id is that of the ledger line or record it began with and survives merge and split';
COMMENT ON COLUMN identity.person.person_id IS 'Smallest ledger id of the person when it was made';
COMMENT ON COLUMN identity.person.recorded_at IS 'When it was made';

CREATE SEQUENCE identity.key_number;
CREATE TABLE identity.person_key (
    key_no bigint PRIMARY KEY DEFAULT nextval('identity.key_number'),
    person_id bigint,
    source_id bigint,
    wrapped bytea NOT NULL,
    CHECK (num_nonnulls(person_id, source_id) = 1)
);
CREATE UNIQUE INDEX ON identity.person_key (person_id);
CREATE UNIQUE INDEX ON identity.person_key (source_id);
COMMENT ON TABLE identity.person_key IS 'Each person''s key, wrapped; deleting it erases what is sealed under it. Deletable';
COMMENT ON COLUMN identity.person_key.key_no IS 'Number that the sealed rows name';
COMMENT ON COLUMN identity.person_key.person_id IS 'The person, or';
COMMENT ON COLUMN identity.person_key.source_id IS 'the submission or load whose lines belong to nobody (quarantined)';
COMMENT ON COLUMN identity.person_key.wrapped IS 'The key, sealed under a data key';

CREATE TABLE identity.line_token (
    line_id bigint PRIMARY KEY,
    submission_id bigint NOT NULL,
    employer_uscc text NOT NULL,
    number bytea,
    name bytea,
    name_birth bytea,
    phone bytea
);
CREATE INDEX ON identity.line_token (number) WHERE number IS NOT NULL;
CREATE INDEX ON identity.line_token (name_birth) WHERE name_birth IS NOT NULL;
CREATE INDEX ON identity.line_token (phone) WHERE phone IS NOT NULL;
CREATE INDEX ON identity.line_token (submission_id);
COMMENT ON TABLE identity.line_token IS 'Keyed blind indexes of roster lines (HMAC-SHA-256, 16 bytes). Deletable';
COMMENT ON COLUMN identity.line_token.line_id IS 'The ledger line';
COMMENT ON COLUMN identity.line_token.submission_id IS 'Its submission';
COMMENT ON COLUMN identity.line_token.employer_uscc IS 'Its employer';
COMMENT ON COLUMN identity.line_token.number IS 'Token of the identity number';
COMMENT ON COLUMN identity.line_token.name IS 'Token of the name as compared';
COMMENT ON COLUMN identity.line_token.name_birth IS 'Token of name and full date of birth';
COMMENT ON COLUMN identity.line_token.phone IS 'Token of the phone';

CREATE TABLE identity.record_token (
    record_id bigint PRIMARY KEY,
    registry_no bytea,
    number bytea,
    name bytea,
    name_birth bytea,
    phone bytea,
    content bytea NOT NULL
);
CREATE INDEX ON identity.record_token (number) WHERE number IS NOT NULL;
CREATE INDEX ON identity.record_token (name_birth) WHERE name_birth IS NOT NULL;
CREATE INDEX ON identity.record_token (content);
CREATE INDEX ON identity.record_token (registry_no);
COMMENT ON TABLE identity.record_token IS 'Keyed blind indexes of registry records. Deletable';
COMMENT ON COLUMN identity.record_token.record_id IS 'The registry record';
COMMENT ON COLUMN identity.record_token.registry_no IS 'Token of the registry''s own number, or of number and name where it has none';
COMMENT ON COLUMN identity.record_token.number IS 'Token of the identity number';
COMMENT ON COLUMN identity.record_token.name IS 'Token of the name as compared';
COMMENT ON COLUMN identity.record_token.name_birth IS 'Token of name and full date of birth';
COMMENT ON COLUMN identity.record_token.phone IS 'Token of the phone';
COMMENT ON COLUMN identity.record_token.content IS 'Token of the whole record: tells an unchanged one in the next extract';

CREATE TABLE identity.person_token (
    number bytea NOT NULL,
    name bytea NOT NULL,
    person_id bigint NOT NULL REFERENCES identity.person,
    candidate_person_id bigint,
    PRIMARY KEY (number, name)
);
CREATE INDEX ON identity.person_token (person_id);
COMMENT ON TABLE identity.person_token IS 'Which person an identity number with a name stands for. Deletable';
COMMENT ON COLUMN identity.person_token.number IS 'Token of the identity number';
COMMENT ON COLUMN identity.person_token.name IS 'Token of the name as compared';
COMMENT ON COLUMN identity.person_token.person_id IS 'The person; provisional where another holds the number under another name';
COMMENT ON COLUMN identity.person_token.candidate_person_id IS 'That other person, where this one is provisional';

CREATE TABLE identity.line_person (
    line_id bigint PRIMARY KEY,
    submission_id bigint NOT NULL,
    person_id bigint NOT NULL REFERENCES identity.person,
    candidate_person_id bigint,
    rule text NOT NULL
);
CREATE INDEX ON identity.line_person (person_id);
CREATE INDEX ON identity.line_person (submission_id);
COMMENT ON TABLE identity.line_person IS 'Who each published line stands for now: the newest decision about it';
COMMENT ON COLUMN identity.line_person.line_id IS 'The ledger line';
COMMENT ON COLUMN identity.line_person.submission_id IS 'Its submission';
COMMENT ON COLUMN identity.line_person.person_id IS 'The person';
COMMENT ON COLUMN identity.line_person.candidate_person_id IS 'In review: who it may be';
COMMENT ON COLUMN identity.line_person.rule IS 'The rule that decided';

CREATE TABLE identity.record_person (
    record_id bigint PRIMARY KEY,
    person_id bigint NOT NULL REFERENCES identity.person,
    current boolean NOT NULL
);
CREATE INDEX ON identity.record_person (person_id);
COMMENT ON TABLE identity.record_person IS 'Who each registry record stands for';
COMMENT ON COLUMN identity.record_person.record_id IS 'The registry record';
COMMENT ON COLUMN identity.record_person.person_id IS 'The person';
COMMENT ON COLUMN identity.record_person.current IS 'False once a later extract holds a newer version of the record';

CREATE TABLE identity.review_case (
    person_id bigint PRIMARY KEY REFERENCES identity.person,
    candidate_person_id bigint NOT NULL REFERENCES identity.person,
    rule text NOT NULL,
    opened_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE identity.review_case IS 'A provisional person that a clerk has to decide about';
COMMENT ON COLUMN identity.review_case.person_id IS 'The provisional person';
COMMENT ON COLUMN identity.review_case.candidate_person_id IS 'The person that it may be';
COMMENT ON COLUMN identity.review_case.rule IS 'Why it is doubtful';
COMMENT ON COLUMN identity.review_case.opened_at IS 'Since when';

CREATE UNLOGGED TABLE staging.line (
    batch_id bigint NOT NULL,
    submission_id bigint NOT NULL,
    line_id bigint PRIMARY KEY,
    employer_uscc text NOT NULL,
    disposition text NOT NULL,
    number bytea,
    name bytea,
    name_birth bytea,
    phone bytea,
    person_id bigint,
    candidate_person_id bigint,
    rule text
);
CREATE INDEX ON staging.line (batch_id);
COMMENT ON TABLE staging.line IS 'The lines of the batch in hand while their persons are found';
COMMENT ON COLUMN staging.line.batch_id IS 'The batch';
COMMENT ON COLUMN staging.line.submission_id IS 'The submission';
COMMENT ON COLUMN staging.line.line_id IS 'The ledger line to be';
COMMENT ON COLUMN staging.line.employer_uscc IS 'The employer';
COMMENT ON COLUMN staging.line.disposition IS 'accepted, quarantined or repeated';
COMMENT ON COLUMN staging.line.number IS 'Token of the identity number';
COMMENT ON COLUMN staging.line.name IS 'Token of the name as compared';
COMMENT ON COLUMN staging.line.name_birth IS 'Token of name and full date of birth';
COMMENT ON COLUMN staging.line.phone IS 'Token of the phone';
COMMENT ON COLUMN staging.line.person_id IS 'The person found';
COMMENT ON COLUMN staging.line.candidate_person_id IS 'In review: who it may be';
COMMENT ON COLUMN staging.line.rule IS 'The rule that decided';

GRANT SELECT, INSERT ON identity.data_key, identity.person TO clearbase_loader;
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.person_key, identity.line_token, identity.record_token, identity.person_token,
    identity.line_person, identity.record_person, identity.review_case, staging.line TO clearbase_loader;
GRANT USAGE ON SEQUENCE identity.key_number TO clearbase_loader;
