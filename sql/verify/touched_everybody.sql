-- Persons of the batch who are derived again, others each time: so many of those on a roster that counts or in the registry.
INSERT INTO affected (person_id)
WITH chosen AS MATERIALIZED (SELECT person_id FROM touched_person ORDER BY random() LIMIT :most_persons)
SELECT person_id FROM identity.line_person JOIN ledger.standing_submission USING (submission_id)
WHERE person_id = ANY (ARRAY(SELECT person_id FROM chosen))
UNION
SELECT person_id FROM identity.record_person WHERE person_id = ANY (ARRAY(SELECT person_id FROM chosen));
