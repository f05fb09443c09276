-- Whose person the rows of a split, or of who was in review, are not.
INSERT INTO ledger.held_apart_from (act, line_id, record_id)
SELECT CAST(:act AS bigint), p.line_id, NULL::bigint
FROM identity.line_person AS p
WHERE p.person_id = :not_person AND p.line_id NOT IN (SELECT line_id FROM reassigned WHERE line_id IS NOT NULL)
UNION ALL
SELECT :act, NULL, p.record_id
FROM identity.record_person AS p
WHERE p.person_id = :not_person AND p.record_id NOT IN (SELECT record_id FROM reassigned WHERE record_id IS NOT NULL);
