-- A version of a registry record that is another's than the version before is asked about (record_of_another, decision 0034). What the
-- version before said has ended then, which is no move. A registry without numbers of its own tells newer versions of its records, too: by identity
-- number and name, where one record in force has both.
ALTER TABLE ledger.registry_record ADD COLUMN replaces bigint REFERENCES ledger.registry_record;
COMMENT ON COLUMN ledger.registry_record.replaces IS 'The version in whose place it is; null of the first, and of records from before it was noted';

ALTER TABLE ledger.residence_move ADD COLUMN of_another boolean NOT NULL DEFAULT false;
COMMENT ON TABLE ledger.residence_move IS
    'Versions of registry records that tell a residence after another one of the same record, or that are another person''s than the version before';
COMMENT ON COLUMN ledger.residence_move.former_id IS 'The newest version that told the residence before, which ends on that day';
COMMENT ON COLUMN ledger.residence_move.moved_on IS 'Date of the new registration; where it has the date of the former one, the day on which we were told';
COMMENT ON COLUMN ledger.residence_move.of_another IS 'Whether the version is another person''s: then it tells no move, and begins by its own date';

CREATE OR REPLACE VIEW ledger.residence WITH (security_invoker = true) AS
SELECT record_id, street, valid_from, greatest(valid_to, valid_from) AS valid_to, is_former
FROM (SELECT r.record_id, r.street, greatest(coalesce(r.registered_on, r.registration_told_on, r.recorded_at::date), m.moved_on) AS valid_from,
             least(coalesce(r.cancelled_on, CASE WHEN r.registered THEN 'infinity'::date ELSE coalesce(r.cancellation_told_on, r.recorded_at::date) END),
                   n.moved_on) AS valid_to,
             n.moved_on IS NOT NULL AS is_former
      FROM ledger.registry_record AS r
      LEFT JOIN ledger.residence_move AS m ON m.record_id = r.record_id AND NOT m.of_another
      LEFT JOIN LATERAL (SELECT min(moved_on) AS moved_on FROM ledger.residence_move WHERE former_id = r.record_id) AS n ON true) AS told;
COMMENT ON VIEW ledger.residence IS
    'The spell of residence that each registry record tells; believed are those of current records, of the former ones from which these moved, and of those whose record is another''s now';
COMMENT ON COLUMN ledger.residence.valid_to IS
    'Date of cancellation; where the record has none but is cancelled, the day on which the first version told us so; the day of a move, or from which it is another''s, if that is earlier';
COMMENT ON COLUMN ledger.residence.is_former IS 'Whether a later version tells that the person has moved since, or is another''s';

CREATE OR REPLACE VIEW mart.registry_today WITH (security_invoker = true) AS
SELECT r.record_id, r.person_id, r.street, r.valid_from AS registered_from, nullif(r.valid_to, 'infinity') AS registered_to,
       CASE WHEN r.valid_to <= current_date THEN 'cancelled' WHEN s.record_id IS NOT NULL THEN 'stale'
            WHEN m.record_id IS NOT NULL THEN 'moved' ELSE 'registered' END AS state,
       m.moved_on, s.stale_since
FROM warehouse.fact_residence AS r
LEFT JOIN ledger.residence_move AS m ON m.record_id = r.record_id AND NOT m.of_another
LEFT JOIN ledger.stale_record AS s ON s.record_id = r.record_id
WHERE r.known_to = 'infinity'
  AND NOT EXISTS (SELECT FROM ledger.residence_move AS later WHERE later.former_id = r.record_id AND NOT later.of_another);
COMMENT ON VIEW mart.registry_today IS
    'Each record of the resident registry in its newest version, and in the last one of a person whose record is another''s now: what it says today (docs/match-states.md, decisions 0028, 0034)';
COMMENT ON COLUMN mart.registry_today.state IS
    'cancelled: it has ended, by its own words or because the record is another''s now; stale: in force, but the newest full extract no longer holds it; moved: in force, in another street than before; registered: in force, none of these';

COMMENT ON COLUMN identity.record_token.registry_no IS
    'Token of the registry''s own number; of a version that does not tell it that of the version before; null where none has told it';
COMMENT ON COLUMN identity.record_person.current IS
    'False once a later extract holds a newer version: by the registry''s own number, or where either has none by the identity number with the name, if one record in force has both';
COMMENT ON COLUMN ledger.registry_record.registration_told_on IS
    'The day on which a version of the record first told this registration; where this version has no date of registration, the date that the version before has; null of records from before it was noted';
