-- What the decision has answered is no question any more.
DELETE FROM identity.review_case WHERE person_id = :gone OR person_id = :keep AND candidate_person_id = :gone;
