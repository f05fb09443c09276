-- Of whom nothing was known and one line tells, which is most of a first roster: what the steps for everybody else come to where
-- there is nothing to compare with (derived_persons, derived_streets, derived_match). He is in no registry, for of whoever is
-- something is known; so he is not registered from his first day at work on, or a clerk has to decide who he is.
WITH fresh AS MATERIALIZED (
    SELECT l.person_id, l.line_id, l.report_month, l.sex, l.birth_month, l.current_street, s.valid_from, c.candidate_person_id
    FROM affected AS a
    JOIN line_in_hand AS l ON l.person_id = a.person_id
    JOIN derived_spell AS s ON s.person_id = a.person_id
    LEFT JOIN identity.review_case AS c ON c.person_id = a.person_id
    WHERE a.folds
      AND a.person_id NOT IN (SELECT person_id FROM known_person)
      AND a.person_id NOT IN (SELECT person_id FROM whole)
    ORDER BY l.person_id
), person AS (
    INSERT INTO warehouse.dim_person
        (person_id, registry_record_id, candidate_person_id, sex, sex_line_id, birth_month, birth_line_id, known_from)
    SELECT person_id, NULL, candidate_person_id, sex, CASE WHEN sex IS NOT NULL THEN line_id END,
           birth_month, CASE WHEN birth_month IS NOT NULL THEN line_id END, statement_timestamp()
    FROM fresh
), street AS (
    INSERT INTO warehouse.fact_told_street (person_id, street, valid_from, valid_to, line_id, known_from)
    SELECT person_id, current_street, report_month, 'infinity', line_id, statement_timestamp()
    FROM fresh WHERE current_street IS NOT NULL
)
INSERT INTO warehouse.fact_match (person_id, state, valid_from, valid_to, record_id, known_from)
SELECT person_id, CASE WHEN candidate_person_id IS NULL THEN 'not_registered' ELSE 'provisional' END, valid_from, 'infinity', NULL,
       statement_timestamp()
FROM fresh;
