-- Whom the lines of a batch stand for.
CREATE TEMPORARY TABLE touched_person ON COMMIT DROP AS
SELECT DISTINCT p.person_id
FROM touched_submission AS t
CROSS JOIN LATERAL (
    SELECT person_id FROM identity.line_person
    WHERE line_id BETWEEN t.submission_id * 16777216 AND t.submission_id * 16777216 + 16777215
    OFFSET 0) AS p;
