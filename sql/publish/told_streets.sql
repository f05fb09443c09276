-- As persons_dimension: what is no longer so is closed, what is new is opened, what stays is not touched.
WITH believed AS MATERIALIZED (
    SELECT b.ctid AS place, b.person_id, b.street, b.valid_from, b.valid_to, b.line_id
    FROM known_person AS k JOIN warehouse.fact_told_street AS b ON b.person_id = k.person_id AND b.known_to = 'infinity'
), closed AS (
    UPDATE warehouse.fact_told_street AS f
    SET known_to = statement_timestamp()
    FROM believed AS b
    WHERE f.ctid = b.place
      AND NOT EXISTS (
            SELECT FROM derived_street AS d
            WHERE d.person_id = b.person_id AND d.street = b.street AND d.valid_from = b.valid_from AND d.valid_to = b.valid_to AND d.line_id = b.line_id)
)
INSERT INTO warehouse.fact_told_street (person_id, street, valid_from, valid_to, line_id, known_from)
SELECT d.person_id, d.street, d.valid_from, d.valid_to, d.line_id, statement_timestamp()
FROM derived_street AS d
WHERE NOT EXISTS (
    SELECT FROM believed AS b
    WHERE d.person_id = b.person_id AND d.street = b.street AND d.valid_from = b.valid_from AND d.valid_to = b.valid_to AND d.line_id = b.line_id)
ORDER BY d.person_id;
