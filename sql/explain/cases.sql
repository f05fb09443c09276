-- Open cases of a person, from either side.
SELECT 'P' || c.person_id AS person, 'P' || c.candidate_person_id AS may_be, c.rule, c.opened_at::timestamp(0) AS since
FROM identity.review_case AS c WHERE :person_id IN (c.person_id, c.candidate_person_id)
ORDER BY c.opened_at, c.person_id;
