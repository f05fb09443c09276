-- Which of two persons is in review beside the other.
SELECT person_id, candidate_person_id FROM identity.review_case
WHERE (person_id, candidate_person_id) IN ((CAST(:one AS bigint), CAST(:other AS bigint)), (CAST(:other AS bigint), CAST(:one AS bigint)));
