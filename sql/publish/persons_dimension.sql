-- Rows of which the ledger now says something else are closed, what it says is opened; of who is in no roster and no
-- record any more nothing is opened. By the statement's own time: the transaction began before it waited for the persons.
WITH closed AS (
    UPDATE warehouse.dim_person AS p
    SET known_to = statement_timestamp()
    WHERE p.known_to = 'infinity' AND p.person_id IN (SELECT person_id FROM affected)
      AND NOT EXISTS (
            SELECT FROM derived_person AS d
            WHERE d.person_id = p.person_id
              AND (d.registry_record_id, d.candidate_person_id, d.sex, d.sex_line_id, d.birth_month, d.birth_line_id)
                  IS NOT DISTINCT FROM (p.registry_record_id, p.candidate_person_id, p.sex, p.sex_line_id, p.birth_month, p.birth_line_id))
)
INSERT INTO warehouse.dim_person
    (person_id, registry_record_id, candidate_person_id, sex, sex_line_id, birth_month, birth_line_id, known_from)
SELECT d.person_id, d.registry_record_id, d.candidate_person_id, d.sex, d.sex_line_id, d.birth_month, d.birth_line_id, statement_timestamp()
FROM derived_person AS d
WHERE NOT EXISTS (
    SELECT FROM warehouse.dim_person AS p
    WHERE p.person_id = d.person_id AND p.known_to = 'infinity'
      AND (d.registry_record_id, d.candidate_person_id, d.sex, d.sex_line_id, d.birth_month, d.birth_line_id)
          IS NOT DISTINCT FROM (p.registry_record_id, p.candidate_person_id, p.sex, p.sex_line_id, p.birth_month, p.birth_line_id));
