-- A replayed file is compared with its former self, not with what later months have told since. One row, counts only.
WITH former AS (
    SELECT DISTINCT person_id FROM identity.line_person WHERE submission_id = :replay_of
), named AS (
    SELECT DISTINCT person_id FROM staging.line WHERE submission_id = :submission_id AND person_id IS NOT NULL
), both_name AS (
    SELECT count(*) AS persons FROM former JOIN named USING (person_id)
)
SELECT f.persons AS persons_before, f.persons - b.persons AS missing, f.persons AS replaced, b.persons AS named_again
FROM (SELECT count(*) AS persons FROM former) AS f, both_name AS b;
