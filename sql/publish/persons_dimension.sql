-- Rows of which the ledger now says something else are closed, what it says is opened; of who is in no roster and no
-- record any more nothing is opened. By the statement's own time: the transaction began before it waited for the persons.
WITH believed AS MATERIALIZED (
    SELECT b.ctid AS place, b.person_id, b.registry_record_id, b.candidate_person_id, b.sex, b.sex_line_id, b.birth_month, b.birth_line_id
    FROM known_person AS k JOIN warehouse.dim_person AS b ON b.person_id = k.person_id AND b.known_to = 'infinity'
), closed AS (
    UPDATE warehouse.dim_person AS f
    SET known_to = statement_timestamp()
    FROM believed AS b
    WHERE f.ctid = b.place
      AND NOT EXISTS (
            SELECT FROM derived_person AS d
            WHERE d.person_id = b.person_id
              AND (d.registry_record_id, d.candidate_person_id, d.sex, d.sex_line_id, d.birth_month, d.birth_line_id)
                  IS NOT DISTINCT FROM (b.registry_record_id, b.candidate_person_id, b.sex, b.sex_line_id, b.birth_month, b.birth_line_id))
)
INSERT INTO warehouse.dim_person
    (person_id, registry_record_id, candidate_person_id, sex, sex_line_id, birth_month, birth_line_id, known_from)
SELECT d.person_id, d.registry_record_id, d.candidate_person_id, d.sex, d.sex_line_id, d.birth_month, d.birth_line_id, statement_timestamp()
FROM derived_person AS d
WHERE NOT EXISTS (
    SELECT FROM believed AS b
    WHERE d.person_id = b.person_id
      AND (d.registry_record_id, d.candidate_person_id, d.sex, d.sex_line_id, d.birth_month, d.birth_line_id)
          IS NOT DISTINCT FROM (b.registry_record_id, b.candidate_person_id, b.sex, b.sex_line_id, b.birth_month, b.birth_line_id))
ORDER BY d.person_id;
