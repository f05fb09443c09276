-- Whoever begins with a line of the batch: a person's id is that of the line.
INSERT INTO identity.person (person_id)
SELECT line_id FROM staging.line
WHERE batch_id = :batch_id AND line_id = person_id
ON CONFLICT (person_id) DO NOTHING;
