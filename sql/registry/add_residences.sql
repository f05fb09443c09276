INSERT INTO warehouse.fact_residence (person_id, record_id, street, valid_from, valid_to, known_from)
SELECT i.person_id, r.record_id, r.street, coalesce(r.registered_on, r.recorded_at::date),
       greatest(coalesce(r.cancelled_on, CASE WHEN r.registered THEN 'infinity'::date ELSE r.recorded_at::date END),
                coalesce(r.registered_on, r.recorded_at::date)), now()
FROM incoming AS i JOIN ledger.registry_record AS r USING (record_id);
