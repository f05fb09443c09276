-- How many rows an act decides anew.
SELECT count(*) FROM reassigned;
