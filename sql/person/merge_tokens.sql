UPDATE identity.person_token
SET person_id = CASE WHEN person_id = :gone THEN CAST(:keep AS bigint) ELSE person_id END,
    candidate_person_id = CASE WHEN person_id IN (:keep, :gone)
                               THEN (SELECT nullif(candidate_person_id, :gone) FROM identity.review_case WHERE person_id = :keep)
                               ELSE nullif(CAST(:keep AS bigint), person_id) END
WHERE person_id = :gone OR candidate_person_id = :gone;
