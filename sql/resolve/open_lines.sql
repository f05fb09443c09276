-- Lines for whom the rules have found nobody yet, or somebody of another name: whoever of them begins in this batch.
SELECT l.submission_id, array_agg(l.line_id ORDER BY l.line_id) AS line_ids, array_agg(l.person_id ORDER BY l.line_id) AS person_ids,
       array_agg(l.candidate_person_id ORDER BY l.line_id) AS candidates
FROM staging.line AS l JOIN intake.submission AS b ON b.submission_id = l.person_id / 16777216 AND b.batch_id = l.batch_id
WHERE l.batch_id = :batch_id AND l.disposition = 'accepted' AND l.rule = ANY (CAST(:rules AS text[]))
GROUP BY l.submission_id ORDER BY l.submission_id;
