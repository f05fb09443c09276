UPDATE identity.review_case SET candidate_person_id = :keep WHERE candidate_person_id = :gone;
