CREATE TEMPORARY TABLE weighed (
    line_id bigint PRIMARY KEY, was bigint NOT NULL, person_id bigint NOT NULL, candidate_person_id bigint, rule text NOT NULL, weight real, levels text
) ON COMMIT DROP;
