CREATE TEMPORARY TABLE incoming (
    record_id bigint PRIMARY KEY,
    row_no integer NOT NULL,
    registered boolean NOT NULL,
    registry_no bytea,
    number bytea,
    name bytea,
    name_birth bytea,
    phone bytea,
    content bytea NOT NULL,
    replaces bigint,
    person_id bigint,
    candidate_person_id bigint,
    rule text,
    weight real,
    model text,
    levels text
) ON COMMIT DROP;
