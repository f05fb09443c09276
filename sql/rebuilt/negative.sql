-- Who is held apart by people: for whom the two sides of each split, and of each two that were told apart, stand by the newest decisions.
WITH act AS MATERIALIZED (
    SELECT a.act FROM ledger.identity_act AS a
    WHERE a.kind IN ('split', 'apart') AND NOT EXISTS (SELECT FROM ledger.identity_act AS u WHERE u.answers = a.act AND u.kind = 'undo')
), own AS MATERIALIZED (
    SELECT DISTINCT d.act, w.person_id
    FROM act JOIN ledger.identity_decision AS d USING (act)
    JOIN decided AS w ON coalesce(w.line_id, w.record_id) = coalesce(d.line_id, d.record_id)
), other AS MATERIALIZED (
    SELECT DISTINCT h.act, w.person_id
    FROM act JOIN ledger.held_apart_from AS h USING (act)
    JOIN decided AS w ON coalesce(w.line_id, w.record_id) = coalesce(h.line_id, h.record_id)
), rebuilt AS (
    SELECT own.person_id, other.person_id AS other_person_id FROM own JOIN other USING (act) WHERE own.person_id <> other.person_id
    UNION
    SELECT other.person_id, own.person_id FROM own JOIN other USING (act) WHERE own.person_id <> other.person_id
), told AS (
    SELECT 'live' AS side, n.person_id AS person, n.other_person_id::text AS told FROM identity.negative AS n
    UNION ALL
    SELECT 'rebuilt', r.person_id, r.other_person_id::text FROM rebuilt AS r
)
SELECT count(*) FILTER (WHERE side = 'live') AS live_rows, count(*) FILTER (WHERE side = 'rebuilt') AS rebuilt_rows,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'live'), 0)::text) AS live_hash,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'rebuilt'), 0)::text) AS rebuilt_hash
FROM told;
