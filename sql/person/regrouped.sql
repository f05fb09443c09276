-- Whom an act concerns: whose rows move, to whom, and beside whom they are or were in review.
CREATE TEMPORARY TABLE regrouped ON COMMIT DROP AS
SELECT unnest(CAST(:ids AS bigint[])) AS person_id
UNION SELECT person_id FROM reassigned
UNION SELECT was_person_id FROM reassigned
UNION SELECT candidate_person_id FROM reassigned WHERE verdict = 'unsure';
