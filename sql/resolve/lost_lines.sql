-- Lines without a usable number for whom no decision stands.
SELECT l.submission_id, array_agg(l.line_id ORDER BY l.line_id) AS line_ids, array_agg(p.pair ORDER BY l.line_id) AS pairs
FROM lost_pair AS p JOIN staging.line AS l USING (employer_uscc, name)
WHERE l.batch_id = :batch_id AND l.disposition = 'accepted' AND l.person_id IS NULL AND l.number IS NULL
GROUP BY l.submission_id ORDER BY l.submission_id;
