-- As persons_dimension: what is no longer so is closed, what is new is opened, what stays is not touched.
WITH believed AS MATERIALIZED (
    SELECT b.ctid AS place, b.person_id, b.state, b.valid_from, b.valid_to, b.record_id
    FROM known_person AS k JOIN warehouse.fact_match AS b ON b.person_id = k.person_id AND b.known_to = 'infinity'
), closed AS (
    UPDATE warehouse.fact_match AS f
    SET known_to = statement_timestamp()
    FROM believed AS b
    WHERE f.ctid = b.place
      AND NOT EXISTS (
            SELECT FROM derived_match AS d
            WHERE d.person_id = b.person_id AND d.state = b.state AND d.valid_from = b.valid_from AND d.valid_to = b.valid_to AND d.record_id IS NOT DISTINCT FROM b.record_id)
)
INSERT INTO warehouse.fact_match (person_id, state, valid_from, valid_to, record_id, known_from)
SELECT d.person_id, d.state, d.valid_from, d.valid_to, d.record_id, statement_timestamp()
FROM derived_match AS d
WHERE NOT EXISTS (
    SELECT FROM believed AS b
    WHERE d.person_id = b.person_id AND d.state = b.state AND d.valid_from = b.valid_from AND d.valid_to = b.valid_to AND d.record_id IS NOT DISTINCT FROM b.record_id)
ORDER BY d.person_id;
