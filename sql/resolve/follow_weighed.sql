-- Lines that were tied to a person who turned out to be another go with it, and so does whom a line in review may be.
UPDATE staging.line AS l
SET person_id = coalesce(own.person_id, l.person_id),
    candidate_person_id = CASE WHEN own.was IS NOT NULL THEN own.candidate_person_id
                               ELSE nullif(coalesce(other.person_id, l.candidate_person_id), l.person_id) END
FROM staging.line AS line
LEFT JOIN (SELECT DISTINCT was, person_id, candidate_person_id FROM weighed) AS own ON own.was = line.person_id
LEFT JOIN (SELECT DISTINCT was, person_id FROM weighed) AS other ON other.was = line.candidate_person_id
WHERE line.batch_id = :batch_id AND (own.was IS NOT NULL OR other.was IS NOT NULL)
  AND NOT EXISTS (SELECT FROM weighed AS w WHERE w.line_id = line.line_id)
  AND l.line_id = line.line_id;
