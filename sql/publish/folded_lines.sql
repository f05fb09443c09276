-- What the lines of everybody who is not in `whole` come to when a submission is published, without reading the months
-- before it: what is believed stands for them (the line that began each value), and this submission's lines come on top.
INSERT INTO told_line (person_id, line_id, month, sex, birth_month, street)
WITH folded AS MATERIALIZED (
    SELECT a.person_id FROM affected AS a
    WHERE a.person_id NOT IN (SELECT person_id FROM whole)
      -- of anybody else new_persons has told
      AND (NOT a.folds OR a.person_id IN (SELECT person_id FROM known_person))
), kept AS MATERIALIZED (
    SELECT f.person_id FROM folded AS f JOIN known_person USING (person_id)
), believed AS MATERIALIZED (
    SELECT p.person_id, p.sex, p.sex_line_id, p.birth_month, p.birth_line_id
    FROM kept AS f JOIN warehouse.dim_person AS p ON p.person_id = f.person_id AND p.known_to = 'infinity'
)
SELECT person_id, sex_line_id, NULL::date, CASE WHEN sex_line_id IS NOT NULL THEN sex END, NULL::date, NULL::text FROM believed
UNION ALL
SELECT person_id, birth_line_id, NULL, NULL, birth_month, NULL FROM believed WHERE birth_line_id IS NOT NULL
UNION ALL
SELECT t.person_id, t.line_id, t.valid_from, NULL, NULL, t.street
FROM kept AS f JOIN warehouse.fact_told_street AS t ON t.person_id = f.person_id AND t.known_to = 'infinity'
UNION ALL
SELECT f.person_id, l.line_id, l.report_month, l.sex, l.birth_month, l.current_street
FROM line_in_hand AS l JOIN folded AS f ON f.person_id = l.person_id;
