-- As spells: what is no longer so is closed, what is new is opened, what stays is not touched.
WITH believed AS MATERIALIZED (
    SELECT f.ctid AS place, f.person_id, f.role, f.party, f.told_from, f.valid_from, f.valid_to, f.line_id
    FROM warehouse.fact_posting AS f
    WHERE f.employer_uscc = :employer_uscc AND f.known_to = 'infinity' AND f.person_id IN (SELECT person_id FROM affected)
), closed AS (
    UPDATE warehouse.fact_posting AS f
    SET known_to = statement_timestamp()
    FROM believed AS b
    WHERE f.ctid = b.place
      AND NOT EXISTS (
            SELECT FROM derived_posting AS d
            WHERE d.person_id = b.person_id AND d.role = b.role
              AND (d.party, d.told_from, d.valid_from, d.valid_to, d.line_id)
                  IS NOT DISTINCT FROM (b.party, b.told_from, b.valid_from, b.valid_to, b.line_id))
)
INSERT INTO warehouse.fact_posting (person_id, employer_uscc, role, party, told_from, valid_from, valid_to, line_id, known_from)
SELECT d.person_id, :employer_uscc, d.role, d.party, d.told_from, d.valid_from, d.valid_to, d.line_id, statement_timestamp()
FROM derived_posting AS d
WHERE NOT EXISTS (
    SELECT FROM believed AS b
    WHERE d.person_id = b.person_id AND d.role = b.role
      AND (d.party, d.told_from, d.valid_from, d.valid_to, d.line_id)
          IS NOT DISTINCT FROM (b.party, b.told_from, b.valid_from, b.valid_to, b.line_id));
