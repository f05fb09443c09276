-- Match states and told streets that the ledger says and the warehouse does not, and the reverse; of a batch those of the
-- persons who were derived again.
WITH match AS NOT MATERIALIZED (
    SELECT 'match state' AS what, person_id, valid_from, valid_to, state, record_id
    FROM warehouse.fact_match
    WHERE known_to = 'infinity' AND (CAST(:batch_id AS bigint) IS NULL OR person_id = ANY (ARRAY(SELECT person_id FROM affected)))
), told AS NOT MATERIALIZED (
    SELECT 'told street' AS what, person_id, valid_from, valid_to, street, line_id
    FROM warehouse.fact_told_street
    WHERE known_to = 'infinity' AND (CAST(:batch_id AS bigint) IS NULL OR person_id = ANY (ARRAY(SELECT person_id FROM affected)))
)
(SELECT 'match state' AS what, person_id, valid_from, valid_to, state, record_id FROM derived_match EXCEPT ALL SELECT * FROM match)
UNION ALL
(SELECT * FROM match EXCEPT ALL SELECT 'match state', person_id, valid_from, valid_to, state, record_id FROM derived_match)
UNION ALL
(SELECT 'told street', person_id, valid_from, valid_to, street, line_id FROM derived_street EXCEPT ALL SELECT * FROM told)
UNION ALL
(SELECT * FROM told EXCEPT ALL SELECT 'told street', person_id, valid_from, valid_to, street, line_id FROM derived_street);
