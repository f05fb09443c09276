-- As persons_dimension: what is no longer so is closed, what is new is opened, what stays is not touched.
WITH closed AS (
    UPDATE warehouse.fact_match AS m
    SET known_to = statement_timestamp()
    WHERE m.known_to = 'infinity' AND m.person_id IN (SELECT person_id FROM affected)
      AND NOT EXISTS (
            SELECT FROM derived_match AS d
            WHERE d.person_id = m.person_id AND d.valid_from = m.valid_from AND d.valid_to = m.valid_to AND d.state = m.state
              AND d.record_id IS NOT DISTINCT FROM m.record_id)
)
INSERT INTO warehouse.fact_match (person_id, state, valid_from, valid_to, record_id, known_from)
SELECT d.person_id, d.state, d.valid_from, d.valid_to, d.record_id, statement_timestamp()
FROM derived_match AS d
WHERE NOT EXISTS (
    SELECT FROM warehouse.fact_match AS m
    WHERE m.known_to = 'infinity' AND m.person_id = d.person_id AND m.valid_from = d.valid_from AND m.valid_to = d.valid_to
      AND m.state = d.state AND m.record_id IS NOT DISTINCT FROM d.record_id);
