-- Which of these persons somebody stands for.
SELECT person_id FROM unnest(CAST(:ids AS bigint[])) AS wanted(person_id)
WHERE EXISTS (SELECT FROM identity.line_person AS l WHERE l.person_id = wanted.person_id)
   OR EXISTS (SELECT FROM identity.record_person AS r WHERE r.person_id = wanted.person_id);
