-- dim_person holds just the persons on rosters that were not undone and in the registry
SELECT coalesce(p.person_id, d.person_id)
FROM (SELECT person_id FROM identity.line_person JOIN ledger.standing_submission USING (submission_id)
      UNION SELECT person_id FROM identity.record_person) AS p
FULL JOIN warehouse.dim_person AS d USING (person_id)
WHERE d.person_id IS NULL OR p.person_id IS NULL;
