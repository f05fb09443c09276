-- Records that the extract itself says twice in the same words.
DELETE FROM incoming AS i
USING (SELECT record_id, row_number() OVER (PARTITION BY content ORDER BY record_id) AS time_said FROM incoming) AS t
WHERE t.record_id = i.record_id AND t.time_said > 1;
