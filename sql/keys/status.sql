-- What lies under each data key.
WITH lies AS (
    SELECT substring(wrapped FROM 2 FOR 8) AS key, count(*) AS persons, 0 AS names FROM identity.person_key GROUP BY 1
    UNION ALL
    SELECT substring(file_name_sealed FROM 2 FOR 8), 0, count(*) FROM intake.submission WHERE length(file_name_sealed) > 9 GROUP BY 1
)
SELECT d.key_id, d.made_at, d.rotated_at, coalesce(sum(l.persons), 0)::bigint AS persons, coalesce(sum(l.names), 0)::bigint AS file_names
FROM identity.data_key AS d LEFT JOIN lies AS l ON l.key = int8send(d.key_id)
GROUP BY d.key_id ORDER BY d.key_id;
