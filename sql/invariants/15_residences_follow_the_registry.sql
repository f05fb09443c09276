-- the residences that are believed are those of the current registry records, and of the former ones from which they moved
SELECT coalesce(d.record_id, f.record_id)
FROM (SELECT r.record_id, p.person_id, r.street, r.valid_from, r.valid_to
      FROM ledger.residence AS r JOIN identity.record_person AS p USING (record_id)
      WHERE (p.current OR r.is_former)
        AND (CAST(:batch_id AS bigint) IS NULL OR p.person_id = ANY (ARRAY(SELECT person_id FROM touched_person)))) AS d
FULL JOIN (SELECT record_id, person_id, street, valid_from, valid_to
           FROM warehouse.fact_residence
           WHERE known_to = 'infinity'
             AND (CAST(:batch_id AS bigint) IS NULL OR person_id = ANY (ARRAY(SELECT person_id FROM touched_person)))) AS f USING (record_id)
WHERE (d.person_id, d.street, d.valid_from, d.valid_to) IS DISTINCT FROM (f.person_id, f.street, f.valid_from, f.valid_to);
