-- Numbers with names that were not known; of the others it is known whom they stand for. Under the lock of numbers.
INSERT INTO identity.person_token (number, name, person_id, candidate_person_id)
SELECT DISTINCT ON (l.number, l.name) l.number, l.name, l.person_id, l.candidate_person_id
FROM staging.line AS l
WHERE l.line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215
  AND l.rule IN ('number_new', 'number_with_other_name') AND l.number IS NOT NULL AND l.name IS NOT NULL
  AND NOT EXISTS (SELECT FROM identity.person_token AS t WHERE t.number = l.number AND t.name = l.name)
ORDER BY l.number, l.name, l.line_id;
