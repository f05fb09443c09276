-- dim_person believes just the persons on rosters that were not undone and in the registry, each once
SELECT coalesce(p.person_id, d.person_id)
FROM (SELECT person_id FROM identity.line_person JOIN ledger.standing_submission USING (submission_id)
      WHERE CAST(:batch_id AS bigint) IS NULL OR person_id = ANY (ARRAY(SELECT person_id FROM touched_person))
      UNION
      SELECT person_id FROM identity.record_person
      WHERE CAST(:batch_id AS bigint) IS NULL OR person_id = ANY (ARRAY(SELECT person_id FROM touched_person))) AS p
FULL JOIN (SELECT person_id, count(*) AS rows FROM warehouse.dim_person
           WHERE known_to = 'infinity'
             AND (CAST(:batch_id AS bigint) IS NULL OR person_id = ANY (ARRAY(SELECT person_id FROM touched_person)))
           GROUP BY 1) AS d USING (person_id)
WHERE d.person_id IS NULL OR p.person_id IS NULL OR d.rows > 1;
