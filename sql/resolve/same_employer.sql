-- Lines without a usable number. Who says just what a line of the same employer said without a number goes on as the newest that said
-- it, whoever else it fits: an old file sent again makes nobody new. Else the one person whom the employer has named with the same name
-- and birth date, or the same name and phone. Two candidates are none; whoever is in review is one only where nobody is settled, and
-- stays in review.
WITH lost AS (
    SELECT line_id, employer_uscc, name, name_birth, phone
    FROM staging.line
    WHERE batch_id = :batch_id AND disposition = 'accepted' AND person_id IS NULL AND number IS NULL
), candidate AS (
    SELECT lost.line_id, lp.person_id, lp.candidate_person_id,
           CASE WHEN t.number IS NULL AND (t.name_birth, t.phone) IS NOT DISTINCT FROM (lost.name_birth, lost.phone) THEN t.line_id END AS said_before
    FROM lost
    JOIN identity.line_token AS t ON t.employer_uscc = lost.employer_uscc AND t.name = lost.name AND t.name_birth = lost.name_birth
    JOIN identity.line_person AS lp ON lp.line_id = t.line_id
    UNION
    SELECT lost.line_id, lp.person_id, lp.candidate_person_id,
           CASE WHEN t.number IS NULL AND (t.name_birth, t.phone) IS NOT DISTINCT FROM (lost.name_birth, lost.phone) THEN t.line_id END
    FROM lost
    JOIN identity.line_token AS t ON t.employer_uscc = lost.employer_uscc AND t.name = lost.name AND t.phone = lost.phone
    JOIN identity.line_person AS lp ON lp.line_id = t.line_id
    UNION
    SELECT lost.line_id, s.person_id, s.candidate_person_id, NULL
    FROM lost
    JOIN staging.line AS s
        ON s.batch_id = :batch_id AND s.employer_uscc = lost.employer_uscc AND s.name = lost.name
       AND (s.name_birth = lost.name_birth OR s.phone = lost.phone)
    WHERE s.person_id IS NOT NULL
), said_before AS (
    SELECT DISTINCT ON (line_id) line_id, person_id, candidate_person_id
    FROM candidate WHERE said_before IS NOT NULL ORDER BY line_id, said_before DESC
), settled AS (
    SELECT line_id, bool_or(candidate_person_id IS NULL) AS any_settled FROM candidate GROUP BY line_id
), only_one AS (
    SELECT line_id, min(person_id) AS person_id, min(candidate_person_id) AS candidate_person_id
    FROM candidate JOIN settled USING (line_id)
    WHERE any_settled = (candidate_person_id IS NULL) AND line_id NOT IN (SELECT line_id FROM said_before)
    GROUP BY line_id HAVING count(DISTINCT person_id) = 1
)
UPDATE staging.line AS l
SET person_id = o.person_id, candidate_person_id = o.candidate_person_id, rule = 'same_employer'
FROM (SELECT * FROM said_before UNION ALL SELECT * FROM only_one) AS o
WHERE l.line_id = o.line_id;
