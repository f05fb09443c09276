-- What a registry record says, and whom it stands for.
SELECT CASE WHEN r.registered THEN 'registered' ELSE 'cancelled' END AS says, r.registered_on, r.cancelled_on, r.street,
       p.person_id AS person, CASE WHEN p.current THEN 'newest version' ELSE 'replaced by a later version' END AS effect,
       s.stale_since, s.load_id AS not_in_extract
FROM ledger.registry_record AS r
LEFT JOIN identity.record_person AS p USING (record_id)
LEFT JOIN ledger.stale_record AS s USING (record_id)
WHERE r.record_id = :record_id;
