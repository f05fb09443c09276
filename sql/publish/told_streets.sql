-- As persons_dimension: what is no longer so is closed, what is new is opened, what stays is not touched.
WITH closed AS (
    UPDATE warehouse.fact_told_street AS t
    SET known_to = statement_timestamp()
    WHERE t.known_to = 'infinity' AND t.person_id IN (SELECT person_id FROM affected)
      AND NOT EXISTS (
            SELECT FROM derived_street AS d
            WHERE d.person_id = t.person_id AND d.street = t.street AND d.valid_from = t.valid_from AND d.valid_to = t.valid_to
              AND d.line_id = t.line_id)
)
INSERT INTO warehouse.fact_told_street (person_id, street, valid_from, valid_to, line_id, known_from)
SELECT d.person_id, d.street, d.valid_from, d.valid_to, d.line_id, statement_timestamp()
FROM derived_street AS d
WHERE NOT EXISTS (
    SELECT FROM warehouse.fact_told_street AS t
    WHERE t.known_to = 'infinity' AND t.person_id = d.person_id AND t.street = d.street AND t.valid_from = d.valid_from
      AND t.valid_to = d.valid_to AND t.line_id = d.line_id);
