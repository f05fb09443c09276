-- A number of somebody in review finds him in review.
UPDATE identity.person_token AS t SET candidate_person_id = c.candidate_person_id
FROM regrouped AS g LEFT JOIN identity.review_case AS c USING (person_id)
WHERE t.person_id = g.person_id AND t.candidate_person_id IS DISTINCT FROM c.candidate_person_id;
