-- The lines of a moved person in the employer's files of the batch, also those without a number that were tied to it.
UPDATE staging.line AS l
SET person_id = m.person_id, candidate_person_id = m.candidate_person_id,
    rule = CASE WHEN l.number IS NULL THEN l.rule
                WHEN m.candidate_person_id IS NOT NULL THEN 'number_with_other_name'
                WHEN m.person_id = m.was THEN 'number_new'
                ELSE 'number_and_name' END
FROM met AS m, intake.submission AS s
WHERE (m.was, m.candidate_was) IS DISTINCT FROM (m.person_id, m.candidate_person_id)
  AND s.batch_id = :batch_id AND s.employer_uscc = :employer_uscc AND s.state = 'resolved'
  AND l.line_id BETWEEN s.submission_id * 16777216 AND s.submission_id * 16777216 + 16777215
  AND l.person_id = m.was AND (l.number IS NULL OR (l.number, l.name) = (m.number, m.name))
  AND l.rule NOT IN ('merged_by_person', 'split_by_person');
