-- The records that an extract brings, and which of them stand for nobody known.
SELECT record_id, rule = 'registry_new' AS is_open FROM incoming ORDER BY record_id;
