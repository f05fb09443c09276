CREATE TEMPORARY TABLE tied (
    line_id bigint PRIMARY KEY, alike bigint NOT NULL, person_id bigint, candidate_person_id bigint
) ON COMMIT DROP;
