-- A number with a name that several bear whom people hold apart finds only one of them by itself. Who it is is told by the row of the same
-- employer that bears both, that of the same month before the newest; where the employer has none, somebody has to decide.
WITH doubted AS MATERIALIZED (
    SELECT l.line_id, l.employer_uscc, l.number, l.name, l.person_id, s.period
    FROM staging.line AS l JOIN intake.submission AS s USING (submission_id)
    WHERE l.batch_id = :batch_id AND l.disposition = 'accepted' AND l.rule = 'number_and_name'
      AND l.person_id IN (SELECT person_id FROM identity.negative)
), bearer AS MATERIALIZED (
    SELECT d.line_id, d.person_id AS found, p.line_id AS told_by, p.person_id, p.candidate_person_id,
           t.employer_uscc = d.employer_uscc AS is_employers, s.period = d.period AS is_of_month
    FROM doubted AS d
    JOIN identity.line_token AS t ON t.number = d.number AND t.name = d.name
    JOIN identity.line_person AS p ON p.line_id = t.line_id
    JOIN ledger.submission AS s ON s.submission_id = p.submission_id
), contested AS (
    SELECT DISTINCT b.line_id
    FROM bearer AS b JOIN identity.negative AS n ON n.person_id = b.found AND n.other_person_id = b.person_id
), told AS (
    SELECT DISTINCT ON (line_id) line_id, person_id, candidate_person_id
    FROM bearer WHERE is_employers
    ORDER BY line_id, is_of_month DESC, told_by DESC
), settled AS (
    SELECT c.line_id,
           coalesce(t.person_id, min(c.line_id) OVER (PARTITION BY d.employer_uscc, d.number, d.name)) AS person_id,
           CASE WHEN t.line_id IS NULL THEN d.person_id ELSE t.candidate_person_id END AS candidate_person_id,
           CASE WHEN t.candidate_person_id IS NULL AND t.line_id IS NOT NULL THEN 'number_and_employer' ELSE 'number_held_apart' END AS rule
    FROM contested AS c JOIN doubted AS d USING (line_id) LEFT JOIN told AS t USING (line_id)
)
UPDATE staging.line AS l
SET person_id = s.person_id, candidate_person_id = s.candidate_person_id, rule = s.rule
FROM settled AS s WHERE l.line_id = s.line_id;
