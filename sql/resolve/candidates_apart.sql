-- Whoever is held apart from a candidate comes along, though no token brings him up: what he says, once each, the newest.
WITH other AS MATERIALIZED (
    SELECT DISTINCT n.other_person_id AS person_id
    FROM identity.negative AS n
    WHERE EXISTS (SELECT FROM identity.line_person AS p JOIN candidate_owner AS o ON o.owner_id = p.line_id WHERE p.person_id = n.person_id)
       OR EXISTS (SELECT FROM identity.record_person AS p JOIN candidate_owner AS o ON o.owner_id = p.record_id WHERE p.person_id = n.person_id)
)
INSERT INTO candidate_owner (owner_id)
SELECT owner_id
FROM (SELECT DISTINCT ON (p.person_id, t.number, t.name, t.name_birth, t.phone) p.line_id AS owner_id
      FROM other JOIN identity.line_person AS p USING (person_id) JOIN identity.line_token AS t ON t.line_id = p.line_id
      ORDER BY p.person_id, t.number, t.name, t.name_birth, t.phone, p.line_id DESC) AS said
UNION
SELECT p.record_id FROM other JOIN identity.record_person AS p USING (person_id) WHERE p.current
ON CONFLICT DO NOTHING;
