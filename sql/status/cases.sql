-- What waits for somebody to decide who it is: persons in review by the rule that put them there, and acts that contradict earlier ones.
SELECT c.rule AS "in review because of", count(*) AS persons, min(c.opened_at)::date AS since FROM identity.review_case AS c GROUP BY 1
UNION ALL
SELECT 'A' || act || ' contradicts A' || contradicts || ' (identity confirm, identity undo)', 2, opened_at::date FROM identity.conflict_case
ORDER BY 2 DESC, 1;
