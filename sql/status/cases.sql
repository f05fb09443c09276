-- What waits for somebody to decide who it is: persons in review by the rule that put them there, and acts that contradict earlier ones or
-- that a record contradicts.
SELECT c.rule AS "in review because of", count(*) AS persons, min(c.opened_at)::date AS since FROM identity.review_case AS c GROUP BY 1
UNION ALL
SELECT CASE WHEN record_id IS NULL THEN format('A%s contradicts A%s (identity confirm, identity undo)', act, contradicts)
            ELSE format('R%s of P%s bears number and name of P%s, held apart by A%s (identity confirm A%s, undo A%s, split P%s R%s)',
                        record_id, person_id, other_person_id, act, act, act, person_id, record_id) END, 2, opened_at::date
FROM identity.conflict_case
ORDER BY 2 DESC, 1;
