-- A replayed file is compared with its former self, not with what later months have told since: by how many persons it names, for
-- who they are, and by which numbers, is what a corrected column may change. One row, counts only.
WITH former AS (
    SELECT count(DISTINCT person_id) AS persons FROM identity.line_person
    WHERE line_id BETWEEN CAST(:replay_of AS bigint) * 16777216 AND CAST(:replay_of AS bigint) * 16777216 + 16777215
), named AS (
    SELECT count(DISTINCT person_id) AS persons FROM staging.line
    WHERE line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215
)
SELECT f.persons AS persons_before, f.persons - least(n.persons, f.persons) AS missing, 0 AS missing_later, f.persons AS replaced,
       least(n.persons, f.persons) AS named_again, 0 AS other_numbers
FROM former AS f, named AS n;
