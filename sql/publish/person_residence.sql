-- The registrations that the current registry records of the affected persons tell.
CREATE TEMPORARY TABLE person_residence ON COMMIT DROP AS
SELECT d.person_id, r.record_id, r.street, r.valid_from, r.valid_to
FROM derived_person AS d
JOIN identity.record_person AS p ON p.person_id = d.person_id AND p.current
JOIN ledger.residence AS r ON r.record_id = p.record_id;
