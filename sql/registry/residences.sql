-- Residences of records that a newer version replaces are no longer believed, but where that tells a move they are up to its day;
-- those of the incoming ones are. In one statement and by its own time, as spells of employment (publish/spells).
WITH closed AS (
    UPDATE warehouse.fact_residence AS r SET known_to = statement_timestamp()
    FROM incoming AS i WHERE r.record_id = i.replaces AND r.known_to = 'infinity'
)
INSERT INTO warehouse.fact_residence (person_id, record_id, street, valid_from, valid_to, known_from)
SELECT i.person_id, r.record_id, r.street, r.valid_from, r.valid_to, statement_timestamp()
FROM incoming AS i JOIN ledger.residence AS r ON r.record_id = i.record_id
UNION ALL
-- Apart: by one condition with OR every incoming record would be held against every one of the registry.
SELECT p.person_id, r.record_id, r.street, r.valid_from, r.valid_to, statement_timestamp()
FROM incoming AS i
JOIN identity.record_person AS p ON p.record_id = i.replaces
JOIN ledger.residence AS r ON r.record_id = i.replaces
WHERE r.is_former;
