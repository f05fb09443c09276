CREATE TEMPORARY TABLE affected ON COMMIT DROP AS
SELECT unnest(CAST(:ids AS bigint[])) AS person_id, false AS folds
UNION SELECT person_id, false FROM reassigned;
