-- The registrations that the current registry records of the affected persons tell, and the former ones from which they moved.
INSERT INTO person_residence (person_id, record_id, street, valid_from, valid_to)
SELECT d.person_id, r.record_id, r.street, r.valid_from, r.valid_to
FROM derived_person AS d
JOIN identity.record_person AS p ON p.person_id = d.person_id
JOIN ledger.residence AS r ON r.record_id = p.record_id AND (p.current OR r.is_former);
