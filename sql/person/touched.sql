INSERT INTO affected (person_id, folds)
SELECT unnest(CAST(:ids AS bigint[])) AS person_id, false AS folds
UNION SELECT person_id, false FROM reassigned;
