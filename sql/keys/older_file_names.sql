SELECT submission_id AS id, file_name_sealed AS sealed FROM intake.submission
WHERE submission_id > :after AND substring(file_name_sealed FROM 2 FOR 8) <> int8send(:newest) AND length(file_name_sealed) > 9
ORDER BY submission_id LIMIT :many;
