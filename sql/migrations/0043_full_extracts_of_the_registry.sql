-- What a full extract of the registry no longer holds is stale, which is no cancellation, until a later extract holds it again (decision 0028).
ALTER TABLE ledger.registry_load
    ADD COLUMN kind text NOT NULL DEFAULT 'incremental' CHECK (kind IN ('full', 'incremental')),
    ADD COLUMN source text NOT NULL DEFAULT 'file' CHECK (source IN ('file', 'sql')),
    ADD COLUMN records_stood integer NOT NULL DEFAULT 0,
    ADD COLUMN records_missed integer NOT NULL DEFAULT 0,
    ADD COLUMN records_returned integer NOT NULL DEFAULT 0,
    ADD CONSTRAINT missed_by_full_extracts CHECK (records_missed <= records_stood AND (kind = 'full' OR records_stood = 0));
COMMENT ON COLUMN ledger.registry_load.kind IS 'full: it names every record of the registry; incremental: what is new or has changed';
COMMENT ON COLUMN ledger.registry_load.source IS 'file, or sql: read from a database, the sealed original is what it answered';
COMMENT ON COLUMN ledger.registry_load.records_stood IS 'Of a full extract: the records in force, not stale, that came with or before the full extract before it';
COMMENT ON COLUMN ledger.registry_load.records_missed IS 'Of these: those that it no longer holds, stale from it on';
COMMENT ON COLUMN ledger.registry_load.records_returned IS 'Stale records that it holds again';

CREATE TABLE ledger.registry_presence (
    record_id bigint NOT NULL REFERENCES ledger.registry_record,
    load_id bigint NOT NULL REFERENCES ledger.registry_load DEFERRABLE INITIALLY DEFERRED,
    present boolean NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (record_id, load_id)
);
CREATE INDEX ON ledger.registry_presence (load_id);
COMMENT ON TABLE ledger.registry_presence IS 'When a full extract missed a registry record, and when a later extract held it again; of each record the newest holds';
COMMENT ON COLUMN ledger.registry_presence.record_id IS 'The record, in the version that was the newest before the extract';
COMMENT ON COLUMN ledger.registry_presence.load_id IS 'The extract';
COMMENT ON COLUMN ledger.registry_presence.present IS 'False: a full extract missed it; true: it was stale, and this extract holds it';
COMMENT ON COLUMN ledger.registry_presence.recorded_at IS 'When we knew';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger.registry_presence FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON ledger.registry_presence EXECUTE FUNCTION ledger.refuse_change();
GRANT SELECT, INSERT ON ledger.registry_presence TO clearbase_loader;

CREATE VIEW ledger.stale_record WITH (security_invoker = true) AS
SELECT record_id, load_id, stale_since
FROM (SELECT DISTINCT ON (record_id) record_id, load_id, recorded_at::date AS stale_since, present
      FROM ledger.registry_presence ORDER BY record_id, load_id DESC) AS newest
WHERE NOT present;
COMMENT ON VIEW ledger.stale_record IS 'Registry records that a full extract no longer held and no extract has held since; also of versions that a newer one replaces';
COMMENT ON COLUMN ledger.stale_record.record_id IS 'The record';
COMMENT ON COLUMN ledger.stale_record.load_id IS 'The full extract that missed it first';
COMMENT ON COLUMN ledger.stale_record.stale_since IS 'The day on which it was loaded';
GRANT SELECT ON ledger.stale_record TO clearbase_loader;

-- A clerk sees of both what is of records of his street. Neither is written to by COPY, which row policies would refuse.
DO $$
DECLARE
    what text;
BEGIN
    FOREACH what IN ARRAY ARRAY['registry_presence', 'residence_move'] LOOP
        EXECUTE format('ALTER TABLE ledger.%I ENABLE ROW LEVEL SECURITY', what);
        EXECUTE format('ALTER TABLE ledger.%I FORCE ROW LEVEL SECURITY', what);
        EXECUTE format('CREATE POLICY loader ON ledger.%I TO clearbase_loader USING (true) WITH CHECK (true)', what);
        EXECUTE format('CREATE POLICY analyst ON ledger.%I FOR SELECT TO clearbase_analyst, clearbase_reviewer USING (true)', what);
        EXECUTE format('GRANT SELECT ON ledger.%I TO clearbase_analyst, clearbase_clerk, clearbase_reviewer', what);
    END LOOP;
END
$$;
CREATE POLICY street ON ledger.registry_presence FOR SELECT TO clearbase_clerk
    USING (EXISTS (SELECT FROM warehouse.fact_residence AS r WHERE r.record_id = registry_presence.record_id));
CREATE POLICY street ON ledger.residence_move FOR SELECT TO clearbase_clerk
    USING (EXISTS (SELECT FROM warehouse.fact_residence AS r WHERE r.record_id = residence_move.record_id)
           OR EXISTS (SELECT FROM warehouse.fact_residence AS r WHERE r.record_id = residence_move.former_id));
GRANT SELECT ON ledger.stale_record TO clearbase_analyst, clearbase_clerk, clearbase_reviewer;

CREATE VIEW mart.registry_today WITH (security_invoker = true) AS
SELECT r.record_id, r.person_id, r.street, r.valid_from AS registered_from, nullif(r.valid_to, 'infinity') AS registered_to,
       CASE WHEN r.valid_to <= current_date THEN 'cancelled' WHEN s.record_id IS NOT NULL THEN 'stale'
            WHEN m.record_id IS NOT NULL THEN 'moved' ELSE 'registered' END AS state,
       m.moved_on, s.stale_since
FROM warehouse.fact_residence AS r
LEFT JOIN ledger.residence_move AS m ON m.record_id = r.record_id
LEFT JOIN ledger.stale_record AS s ON s.record_id = r.record_id
WHERE r.known_to = 'infinity' AND NOT EXISTS (SELECT FROM ledger.residence_move AS later WHERE later.former_id = r.record_id);
COMMENT ON VIEW mart.registry_today IS 'Each record of the resident registry in its newest version: what it says today (docs/match-states.md, decision 0028)';
COMMENT ON COLUMN mart.registry_today.record_id IS 'The record';
COMMENT ON COLUMN mart.registry_today.person_id IS 'The person for whom it stands';
COMMENT ON COLUMN mart.registry_today.street IS 'Street of residence';
COMMENT ON COLUMN mart.registry_today.registered_from IS 'Since when he is registered there';
COMMENT ON COLUMN mart.registry_today.registered_to IS 'The first day that no longer counts; null: no end';
COMMENT ON COLUMN mart.registry_today.state IS 'cancelled: it has ended; stale: in force, but the newest full extract no longer holds it; moved: in force, in another street than before; registered: in force, none of these';
COMMENT ON COLUMN mart.registry_today.moved_on IS 'The day of its newest move, if it tells one';
COMMENT ON COLUMN mart.registry_today.stale_since IS 'The day of the full extract that no longer held it; null where an extract has held it since';

CREATE OR REPLACE VIEW mart.match_today WITH (security_invoker = true) AS
SELECT m.person_id, m.state, m.record_id, m.valid_from, s.stale_since AS registry_stale_since
FROM (SELECT DISTINCT ON (person_id) person_id, state, record_id, valid_from
      FROM warehouse.fact_match
      WHERE known_to = 'infinity' AND valid_to > current_date
      ORDER BY person_id, valid_from) AS m
LEFT JOIN ledger.stale_record AS s ON s.record_id = m.record_id;
COMMENT ON COLUMN mart.match_today.registry_stale_since IS 'Since when the registry''s full extracts no longer hold the record that the state rests on; null where they do: the state stands, and is to be asked about';
GRANT SELECT ON mart.registry_today TO clearbase_loader, clearbase_analyst, clearbase_clerk, clearbase_reviewer;
