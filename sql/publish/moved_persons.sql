-- What has become known since the batch was resolved: a new number that another has meanwhile published. Under the same
-- name it is that person; under another name whoever published first keeps it, and the person here is provisional.
CREATE TEMPORARY TABLE moved ON COMMIT DROP AS
WITH pair AS (
    SELECT DISTINCT number, name, person_id, candidate_person_id
    FROM staging.line
    WHERE batch_id = :batch_id AND rule IN ('number_new', 'number_with_other_name')
), known AS MATERIALIZED (
    -- One look into the index a pair, so that the cost follows the batch and not the base.
    SELECT pair.*, (SELECT min(h.person_id) FROM identity.person_token AS h
                    WHERE h.number = pair.number AND h.candidate_person_id IS NULL) AS holder
    FROM pair
), meant AS (
    SELECT k.person_id AS was, k.candidate_person_id AS candidate_was,
           coalesce(t.person_id, k.person_id) AS person_id,
           CASE WHEN t.person_id IS NULL THEN coalesce(k.holder, k.candidate_person_id)
                ELSE t.candidate_person_id END AS candidate_person_id
    FROM known AS k
    LEFT JOIN identity.person_token AS t ON t.number = k.number AND t.name = k.name
)
SELECT was, person_id, candidate_person_id FROM meant
WHERE (was, candidate_was) IS DISTINCT FROM (person_id, candidate_person_id);
