-- an identity number stands for one person; whoever else bears it is in review, or people have decided of it
WITH touched_number AS NOT MATERIALIZED (
    SELECT t.number FROM touched_line JOIN identity.line_token AS t USING (line_id) WHERE t.number IS NOT NULL
), decided_record AS NOT MATERIALIZED (
    -- What an act says of a record holds until a later act.
    SELECT record_id
    FROM (SELECT DISTINCT ON (record_id) record_id, rule FROM ledger.identity_decision
          WHERE act IS NOT NULL AND record_id IS NOT NULL ORDER BY record_id, decision_id DESC) AS newest
    WHERE ledger.is_by_person(rule)
), bearer AS (
    SELECT t.number, p.person_id, ledger.is_by_person(p.rule) AS is_decided
    FROM identity.line_token AS t JOIN identity.line_person AS p USING (line_id)
    WHERE t.number IS NOT NULL AND (CAST(:batch_id AS bigint) IS NULL OR t.number = ANY (ARRAY(SELECT number FROM touched_number)))
      AND p.candidate_person_id IS NULL
    UNION
    SELECT t.number, p.person_id, d.record_id IS NOT NULL
    FROM identity.record_token AS t
    JOIN identity.record_person AS p USING (record_id)
    LEFT JOIN decided_record AS d USING (record_id)
    WHERE t.number IS NOT NULL AND (CAST(:batch_id AS bigint) IS NULL OR t.number = ANY (ARRAY(SELECT number FROM touched_number)))
      AND p.current AND NOT EXISTS (SELECT FROM identity.review_case AS c WHERE c.person_id = p.person_id)
), several AS MATERIALIZED (
    -- By a decision about a row that bears it a number is a person's, whatever rows bear it later.
    SELECT number, array_agg(DISTINCT person_id) AS persons, array_agg(DISTINCT person_id) FILTER (WHERE is_decided) AS decided
    FROM bearer GROUP BY number HAVING count(DISTINCT person_id) > 1
)
SELECT min(u.person_id), max(u.person_id)
FROM several AS s
CROSS JOIN LATERAL (
    SELECT person_id,
           NOT EXISTS (SELECT FROM identity.negative AS n WHERE n.person_id = p.person_id AND n.other_person_id = ANY (s.persons)) AS is_alone
    FROM unnest(s.persons) AS p(person_id)
    WHERE p.person_id <> ALL (coalesce(s.decided, '{}'))) AS u
GROUP BY s.number HAVING count(*) > 1 AND bool_or(u.is_alone);
