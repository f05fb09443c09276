-- Everybody else is a new person. Of several records of one number the first holds it; the others are doubtful.
WITH ranked AS (
    SELECT record_id, number, name,
           first_value(record_id) OVER (PARTITION BY coalesce(number, int8send(record_id)) ORDER BY record_id) AS holder,
           first_value(name) OVER (PARTITION BY coalesce(number, int8send(record_id)) ORDER BY record_id) AS holder_name
    FROM incoming WHERE person_id IS NULL
)
UPDATE incoming AS i
SET person_id = i.record_id,
    candidate_person_id = CASE WHEN r.holder = i.record_id THEN NULL ELSE r.holder END,
    rule = CASE WHEN r.holder = i.record_id THEN 'registry_new'
                WHEN r.name = r.holder_name THEN 'registry_double' ELSE 'number_with_other_name' END
FROM ranked AS r
WHERE r.record_id = i.record_id;
