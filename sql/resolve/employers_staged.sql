-- Lines of the batch itself, of the same employers and names, that have a person already.
SELECT l.submission_id, array_agg(l.line_id ORDER BY l.line_id) AS line_ids, array_agg(p.pair ORDER BY l.line_id) AS pairs,
       array_agg(l.person_id ORDER BY l.line_id) AS person_ids, array_agg(l.candidate_person_id ORDER BY l.line_id) AS candidates
FROM lost_pair AS p JOIN staging.line AS l USING (employer_uscc, name)
WHERE l.batch_id = :batch_id AND l.person_id IS NOT NULL
GROUP BY l.submission_id ORDER BY l.submission_id;
