INSERT INTO lost_pair (pair, employer_uscc, name)
SELECT min(line_id), employer_uscc, name
FROM staging.line
WHERE batch_id = :batch_id AND disposition = 'accepted' AND person_id IS NULL AND number IS NULL AND name IS NOT NULL
GROUP BY employer_uscc, name;
