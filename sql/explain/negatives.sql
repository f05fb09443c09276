-- Whom a person is not, and by which acts.
SELECT 'P' || n.other_person_id AS "is not", string_agg(DISTINCT 'A' || t.act, ', ') AS acts
FROM identity.negative AS n
LEFT JOIN identity.told_apart AS t ON t.person_id = n.person_id AND t.other_person_id = n.other_person_id
WHERE n.person_id = :person_id
GROUP BY n.other_person_id ORDER BY n.other_person_id;
