-- Who is in review, and beside whom, as the decisions say.
CREATE TEMPORARY TABLE decided_case ON COMMIT DROP AS
SELECT DISTINCT ON (person_id) person_id, candidate_person_id
FROM decided WHERE candidate_person_id IS NOT NULL
ORDER BY person_id, coalesce(line_id, record_id);
