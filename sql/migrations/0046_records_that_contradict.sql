-- A newer version of somebody's record that bears number and name of somebody from whom people hold him apart is a case, too.
CREATE VIEW identity.contradicting_record WITH (security_invoker = true) AS
SELECT DISTINCT ON (k.record_id, p.person_id) k.record_id, r.load_id, t.act, t.person_id, t.other_person_id, l.recorded_at AS opened_at
FROM identity.told_apart AS t
JOIN ledger.standing_act AS a USING (act)
JOIN identity.record_person AS rp ON rp.person_id = t.person_id AND rp.current
JOIN identity.record_token AS k ON k.record_id = rp.record_id
JOIN identity.person_token AS p ON p.number = k.number AND p.name = k.name AND p.person_id = t.other_person_id
JOIN ledger.registry_record AS r ON r.record_id = k.record_id
JOIN ledger.registry_load AS l USING (load_id)
WHERE l.recorded_at > a.recorded_at
  AND NOT EXISTS (SELECT FROM ledger.identity_act AS c WHERE c.answers = t.act AND c.kind = 'confirm' AND c.recorded_at > l.recorded_at)
  AND NOT EXISTS (SELECT FROM identity.record_token AS was JOIN identity.record_person AS of USING (record_id)
                  WHERE was.number = k.number AND was.name = k.name AND of.person_id = rp.person_id AND was.record_id < k.record_id)
ORDER BY k.record_id, p.person_id, t.act DESC;
COMMENT ON VIEW identity.contradicting_record IS
    'Records in force that came after people held two persons apart and bear number and name of the other, which no earlier version did: somebody has to look again';
COMMENT ON COLUMN identity.contradicting_record.record_id IS 'The record';
COMMENT ON COLUMN identity.contradicting_record.load_id IS 'The extract that brought it';
COMMENT ON COLUMN identity.contradicting_record.act IS 'The newest act that holds the two apart; its confirmation, or its undo, closes the case';
COMMENT ON COLUMN identity.contradicting_record.person_id IS 'Whose record it is, by the registry''s own number';
COMMENT ON COLUMN identity.contradicting_record.other_person_id IS 'Whose number and name it bears';
COMMENT ON COLUMN identity.contradicting_record.opened_at IS 'When the extract was loaded';

CREATE OR REPLACE VIEW identity.conflict_case WITH (security_invoker = true) AS
SELECT a.act, a.kind, a.person_id, a.other_person_id, a.contradicts, a.recorded_at AS opened_at, NULL::bigint AS record_id
FROM ledger.standing_act AS a
WHERE a.contradicts IS NOT NULL
  AND NOT EXISTS (SELECT FROM ledger.identity_act AS c WHERE c.answers = a.act AND c.kind = 'confirm')
UNION ALL
SELECT act, 'record', person_id, other_person_id, NULL, opened_at, record_id FROM identity.contradicting_record;
COMMENT ON VIEW identity.conflict_case IS
    'Acts that contradict an earlier one, and acts that a newer version of a record contradicts, neither taken back nor confirmed since: somebody has to look again';
COMMENT ON COLUMN identity.conflict_case.act IS 'The later act, which holds meanwhile; of a record the act that it contradicts';
COMMENT ON COLUMN identity.conflict_case.kind IS 'merge, split or apart; record: a newer version of a record contradicts it';
COMMENT ON COLUMN identity.conflict_case.contradicts IS 'The earlier act; null where it is a record that contradicts';
COMMENT ON COLUMN identity.conflict_case.record_id IS 'The record';
GRANT SELECT ON identity.contradicting_record TO clearbase_loader;
