-- Two publications, or a registry load, may say something of one person at once: who comes second derives it from both.
-- In the order of persons, so that nobody waits in a circle; by the person's own row, which outlasts those of dim_person.
SELECT count(*) FROM (
    SELECT FROM identity.person WHERE person_id IN (SELECT person_id FROM affected) ORDER BY person_id FOR NO KEY UPDATE) AS locked;
