-- In which street the rosters say each person lives, from which month: the newest line of a month speaks for it, and a
-- month that says the same as the one before goes on with it.
INSERT INTO derived_street (person_id, street, valid_from, valid_to, line_id)
WITH month AS (
    SELECT DISTINCT ON (person_id, month) person_id, month, line_id, street
    FROM told_line WHERE street IS NOT NULL
    ORDER BY person_id, month, line_id DESC
), compared AS (
    SELECT *, lag(street) OVER (PARTITION BY person_id ORDER BY month) AS before FROM month
)
SELECT person_id, street, month AS valid_from, lead(month, 1, 'infinity') OVER (PARTITION BY person_id ORDER BY month) AS valid_to, line_id
FROM compared
WHERE before IS DISTINCT FROM street;
