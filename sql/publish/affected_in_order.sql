-- Whom a submission that came in its order names. What is known of them is kept on with (folds), except where the order within a
-- month matters: two lines of one person in it.
INSERT INTO affected (person_id, folds)
SELECT named.person_id, named.lines = 1 AND bool_and(s.person_id IS NULL) AS folds
FROM (SELECT person_id, count(*) AS lines FROM line_in_hand GROUP BY person_id) AS named
LEFT JOIN warehouse.spell_state AS s
    ON s.employer_uscc = :employer_uscc AND s.person_id = named.person_id AND s.last_named >= :period
GROUP BY named.person_id, named.lines;
