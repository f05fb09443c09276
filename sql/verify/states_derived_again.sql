-- Match states and told streets that the ledger says and the warehouse does not, and the reverse.
(SELECT 'match state' AS what, person_id, valid_from, valid_to, state, record_id FROM derived_match
 EXCEPT ALL
 SELECT 'match state', person_id, valid_from, valid_to, state, record_id FROM warehouse.fact_match WHERE known_to = 'infinity')
UNION ALL
(SELECT 'match state', person_id, valid_from, valid_to, state, record_id FROM warehouse.fact_match WHERE known_to = 'infinity'
 EXCEPT ALL
 SELECT 'match state', person_id, valid_from, valid_to, state, record_id FROM derived_match)
UNION ALL
(SELECT 'told street', person_id, valid_from, valid_to, street, line_id FROM derived_street
 EXCEPT ALL
 SELECT 'told street', person_id, valid_from, valid_to, street, line_id FROM warehouse.fact_told_street WHERE known_to = 'infinity')
UNION ALL
(SELECT 'told street', person_id, valid_from, valid_to, street, line_id FROM warehouse.fact_told_street WHERE known_to = 'infinity'
 EXCEPT ALL
 SELECT 'told street', person_id, valid_from, valid_to, street, line_id FROM derived_street);
