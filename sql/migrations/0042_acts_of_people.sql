-- What people decide of persons is one act each: numbered, so that it can be taken back as it was done. Who was decided to be two stays two.
CREATE TABLE ledger.identity_act (
    act bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('merge', 'split', 'apart', 'undo', 'confirm')),
    person_id bigint NOT NULL,
    other_person_id bigint NOT NULL,
    answers bigint REFERENCES ledger.identity_act,
    contradicts bigint REFERENCES ledger.identity_act,
    reason text NOT NULL,
    decided_by text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT statement_timestamp(),
    CHECK ((answers IS NOT NULL) = (kind IN ('undo', 'confirm')))
);
CREATE UNIQUE INDEX ON ledger.identity_act (answers) WHERE kind = 'undo';
CREATE INDEX ON ledger.identity_act (person_id);
CREATE INDEX ON ledger.identity_act (other_person_id);
COMMENT ON TABLE ledger.identity_act IS 'What people decided of persons, each with the decisions about lines and records that it consists of (identity_decision.act)';
COMMENT ON COLUMN ledger.identity_act.act IS 'Number of the act; told as A and the number';
COMMENT ON COLUMN ledger.identity_act.kind IS
    'merge: two persons are one; split: rows are somebody else; apart: who may be another is not; undo: an act is taken back; confirm: an act that contradicts an earlier one is right';
COMMENT ON COLUMN ledger.identity_act.person_id IS 'merge: who goes on; split: whose the rows were; apart: who was in review; undo, confirm: as the act that they answer';
COMMENT ON COLUMN ledger.identity_act.other_person_id IS 'merge: who is one with that person; split: whose the rows are; apart: who that person is not';
COMMENT ON COLUMN ledger.identity_act.answers IS 'undo, confirm: the act that is taken back, or is right';
COMMENT ON COLUMN ledger.identity_act.contradicts IS 'The newest earlier act that says the contrary';
COMMENT ON COLUMN ledger.identity_act.reason IS 'Why, in the words of the person who decided; never personal data';
COMMENT ON COLUMN ledger.identity_act.decided_by IS 'Who';
COMMENT ON COLUMN ledger.identity_act.recorded_at IS 'When';

ALTER TABLE ledger.identity_decision ADD COLUMN act bigint;
CREATE INDEX ON ledger.identity_decision (act) WHERE act IS NOT NULL;
COMMENT ON COLUMN ledger.identity_decision.act IS 'The act of people that it is part of; null where a rule or the model decided, and of what people decided before acts had numbers';

CREATE TABLE ledger.held_apart_from (
    act bigint NOT NULL REFERENCES ledger.identity_act,
    line_id bigint,
    record_id bigint,
    CHECK (num_nonnulls(line_id, record_id) = 1)
);
CREATE INDEX ON ledger.held_apart_from (act);
CREATE INDEX ON ledger.held_apart_from (line_id) WHERE line_id IS NOT NULL;
CREATE INDEX ON ledger.held_apart_from (record_id) WHERE record_id IS NOT NULL;
COMMENT ON TABLE ledger.held_apart_from IS
    'The other side of a split or of two persons told apart: the lines and records whose person the rows of the act are not. Both sides are rows, so that it holds for whoever these stand for later';
COMMENT ON COLUMN ledger.held_apart_from.act IS 'The act';
COMMENT ON COLUMN ledger.held_apart_from.line_id IS 'A roster line, or';
COMMENT ON COLUMN ledger.held_apart_from.record_id IS 'a registry record';

CREATE TABLE identity.negative (
    person_id bigint NOT NULL REFERENCES identity.person,
    other_person_id bigint NOT NULL REFERENCES identity.person,
    PRIMARY KEY (person_id, other_person_id),
    CHECK (person_id <> other_person_id)
);
COMMENT ON TABLE identity.negative IS
    'Persons of whom people have decided that they are two, each pair in both directions. A function of the acts that stand (identity.told_apart): none of them is joined to the other nor asked about against the other';
COMMENT ON COLUMN identity.negative.person_id IS 'A person';
COMMENT ON COLUMN identity.negative.other_person_id IS 'Whom that person is not';

DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['identity_act', 'held_apart_from'] LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger.%I FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change()', guarded);
        EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON ledger.%I EXECUTE FUNCTION ledger.refuse_change()', guarded);
        EXECUTE format('GRANT SELECT, INSERT ON ledger.%I TO clearbase_loader', guarded);
    END LOOP;
END
$$;
GRANT SELECT, INSERT, DELETE ON identity.negative TO clearbase_loader;

CREATE VIEW ledger.standing_act WITH (security_invoker = true) AS
SELECT a.* FROM ledger.identity_act AS a
WHERE a.kind IN ('merge', 'split', 'apart')
  AND NOT EXISTS (SELECT FROM ledger.identity_act AS u WHERE u.answers = a.act AND u.kind = 'undo');
COMMENT ON VIEW ledger.standing_act IS 'Acts that were not taken back';
COMMENT ON COLUMN ledger.standing_act.act IS 'Number of the act';
COMMENT ON COLUMN ledger.standing_act.kind IS 'merge, split or apart';
COMMENT ON COLUMN ledger.standing_act.person_id IS 'As in ledger.identity_act';
COMMENT ON COLUMN ledger.standing_act.other_person_id IS 'As in ledger.identity_act';
COMMENT ON COLUMN ledger.standing_act.answers IS 'Null: acts that answer others are not among them';
COMMENT ON COLUMN ledger.standing_act.contradicts IS 'The newest earlier act that says the contrary';
COMMENT ON COLUMN ledger.standing_act.reason IS 'Why';
COMMENT ON COLUMN ledger.standing_act.decided_by IS 'Who';
COMMENT ON COLUMN ledger.standing_act.recorded_at IS 'When';

-- Whom the two sides of each act that holds apart stand for now.
CREATE VIEW identity.act_side WITH (security_invoker = true) AS
SELECT d.act, true AS is_own, p.person_id
FROM ledger.identity_decision AS d JOIN identity.line_person AS p USING (line_id) WHERE d.act IS NOT NULL
UNION ALL
SELECT d.act, true, p.person_id
FROM ledger.identity_decision AS d JOIN identity.record_person AS p USING (record_id) WHERE d.act IS NOT NULL
UNION ALL
SELECT h.act, false, p.person_id FROM ledger.held_apart_from AS h JOIN identity.line_person AS p USING (line_id)
UNION ALL
SELECT h.act, false, p.person_id FROM ledger.held_apart_from AS h JOIN identity.record_person AS p USING (record_id);
COMMENT ON VIEW identity.act_side IS 'Persons for whom the rows of an act, and those on its other side, stand now';
COMMENT ON COLUMN identity.act_side.act IS 'The act';
COMMENT ON COLUMN identity.act_side.is_own IS 'True: of its own rows; false: of those that they are not';
COMMENT ON COLUMN identity.act_side.person_id IS 'The person';

CREATE VIEW identity.told_apart WITH (security_invoker = true) AS
SELECT DISTINCT a.act, one.person_id, other.person_id AS other_person_id
FROM ledger.standing_act AS a
JOIN (SELECT DISTINCT act, is_own, person_id FROM identity.act_side) AS one USING (act)
JOIN (SELECT DISTINCT act, is_own, person_id FROM identity.act_side) AS other USING (act)
WHERE a.kind IN ('split', 'apart') AND one.is_own <> other.is_own AND one.person_id <> other.person_id;
COMMENT ON VIEW identity.told_apart IS 'Which act says of two persons, as rows stand for them now, that they are two; in both directions';
COMMENT ON COLUMN identity.told_apart.act IS 'The act';
COMMENT ON COLUMN identity.told_apart.person_id IS 'A person';
COMMENT ON COLUMN identity.told_apart.other_person_id IS 'Whom that person is not';

CREATE VIEW identity.conflict_case WITH (security_invoker = true) AS
SELECT a.act, a.kind, a.person_id, a.other_person_id, a.contradicts, a.recorded_at AS opened_at
FROM ledger.standing_act AS a
WHERE a.contradicts IS NOT NULL
  AND NOT EXISTS (SELECT FROM ledger.identity_act AS c WHERE c.answers = a.act AND c.kind = 'confirm');
COMMENT ON VIEW identity.conflict_case IS 'Acts that contradict an earlier one and were neither taken back nor confirmed: somebody has to look again';
COMMENT ON COLUMN identity.conflict_case.act IS 'The later act, which holds meanwhile';
COMMENT ON COLUMN identity.conflict_case.kind IS 'merge or split';
COMMENT ON COLUMN identity.conflict_case.person_id IS 'As in ledger.identity_act';
COMMENT ON COLUMN identity.conflict_case.other_person_id IS 'As in ledger.identity_act';
COMMENT ON COLUMN identity.conflict_case.contradicts IS 'The earlier act';
COMMENT ON COLUMN identity.conflict_case.opened_at IS 'Since when';
GRANT SELECT ON ledger.standing_act, identity.act_side, identity.told_apart, identity.conflict_case TO clearbase_loader;

-- Who may be somebody is asked from both sides.
CREATE INDEX ON identity.review_case (candidate_person_id);

-- Rules by which people decide; what they say of a row is not found anew (sql/replay, sql/publish, sql/invariants ask this and no list).
CREATE FUNCTION ledger.is_by_person(rule text) RETURNS boolean LANGUAGE sql IMMUTABLE
RETURN rule IN ('merged_by_person', 'split_by_person', 'apart_by_person');
COMMENT ON FUNCTION ledger.is_by_person(text) IS 'Whether a rule of ledger.identity_decision is that of a person';
CREATE INDEX ON identity.line_person (line_id) WHERE rule IN ('merged_by_person', 'split_by_person', 'apart_by_person');

-- Any act counts, an undo and a confirmation too: what was resolved before it is resolved again.
CREATE OR REPLACE FUNCTION ledger.newest_regrouping() RETURNS bigint LANGUAGE sql STABLE
RETURN (SELECT coalesce(max(act), 0) FROM ledger.identity_act);
COMMENT ON FUNCTION ledger.newest_regrouping() IS 'Newest act of people about persons; 0: none';
COMMENT ON COLUMN intake.submission.resolved_after IS 'Newest act of people about persons that was known when its own were found; 0: none';
DROP INDEX ledger.identity_decision_decision_id_idx;
REVOKE EXECUTE ON FUNCTION ledger.is_by_person(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.is_by_person(text) TO clearbase_loader;
