-- Attributes of the affected persons who are on a roster that was not undone or in the registry, which speaks first. Of
-- the rosters the newest line, by its number, that says something; it is told by the line since which all have said so.
INSERT INTO derived_person (person_id, registry_record_id, candidate_person_id, sex, sex_line_id, birth_month, birth_line_id)
WITH sex AS (
    SELECT DISTINCT ON (person_id) person_id, sex, line_id
    FROM (SELECT person_id, line_id, sex, lag(sex) OVER (PARTITION BY person_id ORDER BY line_id) AS before
          FROM told_line WHERE sex IS NOT NULL) AS said
    WHERE before IS DISTINCT FROM sex
    ORDER BY person_id, line_id DESC
), birth AS (
    SELECT DISTINCT ON (person_id) person_id, birth_month, line_id
    FROM (SELECT person_id, line_id, birth_month, lag(birth_month) OVER (PARTITION BY person_id ORDER BY line_id) AS before
          FROM told_line WHERE birth_month IS NOT NULL) AS said
    WHERE before IS DISTINCT FROM birth_month
    ORDER BY person_id, line_id DESC
), registry AS (
    SELECT DISTINCT ON (a.person_id) a.person_id, g.record_id, g.sex, g.birth_month
    FROM affected AS a
    JOIN identity.record_person AS rp ON rp.person_id = a.person_id
    LEFT JOIN ledger.registry_record AS g ON g.record_id = rp.record_id AND rp.current
    ORDER BY a.person_id, rp.current DESC, g.registered DESC, g.record_id
)
SELECT a.person_id, r.record_id AS registry_record_id, c.candidate_person_id,
       coalesce(r.sex, s.sex) AS sex, CASE WHEN r.sex IS NULL THEN s.line_id END AS sex_line_id,
       coalesce(r.birth_month, b.birth_month) AS birth_month, CASE WHEN r.birth_month IS NULL THEN b.line_id END AS birth_line_id
FROM affected AS a
LEFT JOIN (SELECT DISTINCT person_id FROM told_line) AS t ON t.person_id = a.person_id
LEFT JOIN sex AS s ON s.person_id = a.person_id
LEFT JOIN birth AS b ON b.person_id = a.person_id
LEFT JOIN registry AS r ON r.person_id = a.person_id
LEFT JOIN identity.review_case AS c ON c.person_id = a.person_id
WHERE t.person_id IS NOT NULL OR r.person_id IS NOT NULL;
