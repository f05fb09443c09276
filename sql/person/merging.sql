-- What is decided anew when one person turns out to be another: every line and record of the one that goes, and of whoever is in
-- review because of either: beside who goes on; beside nobody where people hold them apart, or where they are that person.
CREATE TEMPORARY TABLE reassigned ON COMMIT DROP AS
WITH in_review AS (
    SELECT c.person_id, c.rule, c.candidate_person_id AS was,
           CASE WHEN c.candidate_person_id = :gone THEN CAST(:keep AS bigint) ELSE c.candidate_person_id END AS may_be,
           CASE WHEN c.person_id IN (:keep, :gone) THEN ARRAY[CAST(:keep AS bigint), :gone] ELSE ARRAY[c.person_id] END AS ours,
           CASE WHEN c.candidate_person_id IN (:keep, :gone) THEN ARRAY[CAST(:keep AS bigint), :gone]
                ELSE ARRAY[c.candidate_person_id] END AS theirs
    FROM identity.review_case AS c
    WHERE c.person_id = :keep OR c.candidate_person_id IN (:keep, :gone)
), answered AS MATERIALIZED (
    SELECT person_id, rule, was,
           CASE WHEN ours = theirs OR EXISTS (SELECT FROM identity.negative AS n
                                              WHERE n.person_id = ANY (i.ours) AND n.other_person_id = ANY (i.theirs))
                THEN NULL ELSE may_be END AS candidate_person_id
    FROM in_review AS i
), moved AS (
    SELECT CAST(:gone AS bigint) AS was_person_id, (SELECT candidate_person_id FROM answered WHERE person_id = :keep) AS candidate_person_id,
           NULL AS rule, false AS only_doubtful
    UNION ALL
    SELECT person_id, candidate_person_id, CASE WHEN person_id <> :keep THEN rule END, true
    FROM answered WHERE candidate_person_id IS DISTINCT FROM was AND person_id <> :gone
)
SELECT lp.submission_id AS source_id, lp.line_id, NULL::bigint AS record_id, m.was_person_id,
       CASE WHEN m.was_person_id = :gone THEN CAST(:keep AS bigint) ELSE m.was_person_id END AS person_id, m.candidate_person_id,
       CASE WHEN m.candidate_person_id IS NULL THEN 'same' ELSE 'unsure' END AS verdict,
       CASE WHEN m.rule IS NULL THEN 'merged_by_person' ELSE lp.rule END AS rule
FROM moved AS m JOIN identity.line_person AS lp ON lp.person_id = m.was_person_id
WHERE NOT m.only_doubtful OR lp.candidate_person_id IS NOT NULL
UNION ALL
SELECT r.load_id, NULL, rp.record_id, m.was_person_id,
       CASE WHEN m.was_person_id = :gone THEN :keep ELSE m.was_person_id END, m.candidate_person_id,
       CASE WHEN m.candidate_person_id IS NULL THEN 'same' ELSE 'unsure' END, coalesce(m.rule, 'merged_by_person')
FROM moved AS m
JOIN identity.record_person AS rp ON rp.person_id = m.was_person_id
JOIN ledger.registry_record AS r USING (record_id);
