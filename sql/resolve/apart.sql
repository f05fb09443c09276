-- Whom people hold apart, of these.
SELECT person_id, other_person_id FROM identity.negative
WHERE person_id = ANY (CAST(:persons AS bigint[])) AND other_person_id = ANY (CAST(:persons AS bigint[]))
ORDER BY person_id, other_person_id;
