-- Lines without a usable number of whom the same employer said it before (link/employer/tied). Whoever is in review stays in review.
UPDATE staging.line AS l
SET person_id = t.person_id, candidate_person_id = t.candidate_person_id, rule = 'same_employer'
FROM tied AS t
WHERE t.line_id = l.line_id AND t.person_id IS NOT NULL;
