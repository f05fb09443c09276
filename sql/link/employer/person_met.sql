-- The same of every person whom the employer's lines stand for. Beside: it has a line of its own in a file that says this.
CREATE TABLE person_met AS
SELECT
    first, person, max(candidate) AS candidate, max(CASE WHEN repeats THEN line_id END) AS repeated, bool_or(said_before) AS said_before,
    bool_or(born OR called) AS agrees, bool_or(born OR (called AND mobile)) AS tells,
    bool_or(against) OR (bool_or(elsewhere) AND NOT bool_or(near OR called)) AS against,
    bool_or((first, file) IN (SELECT (first, file) FROM alike)) AS beside
FROM met GROUP BY first, person
