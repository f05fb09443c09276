-- Whom no standing line and no record speaks of is in the ledger only.
DELETE FROM warehouse.dim_person AS p
WHERE p.person_id IN (SELECT person_id FROM affected)
  AND NOT EXISTS (SELECT FROM identity.record_person AS r WHERE r.person_id = p.person_id)
  AND NOT EXISTS (SELECT FROM identity.line_person AS l JOIN ledger.standing_submission AS s USING (submission_id)
                  WHERE l.person_id = p.person_id);
