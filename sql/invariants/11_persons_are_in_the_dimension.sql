-- dim_person believes just the persons on rosters that were not undone and in the registry, each once
SELECT coalesce(p.person_id, d.person_id)
FROM (SELECT person_id FROM identity.line_person JOIN ledger.standing_submission USING (submission_id)
      UNION SELECT person_id FROM identity.record_person) AS p
FULL JOIN (SELECT person_id, count(*) AS rows FROM warehouse.dim_person WHERE known_to = 'infinity' GROUP BY 1) AS d USING (person_id)
WHERE d.person_id IS NULL OR p.person_id IS NULL OR d.rows > 1;
