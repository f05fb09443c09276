-- Who is held apart from those whom the act concerns, as the acts say that stand.
WITH half AS MATERIALIZED (
    SELECT DISTINCT person_id, other_person_id FROM identity.told_apart WHERE person_id = ANY (ARRAY(SELECT person_id FROM regrouped))
), told AS MATERIALIZED (
    SELECT person_id, other_person_id FROM half UNION SELECT other_person_id, person_id FROM half
), no_longer AS (
    DELETE FROM identity.negative AS n
    WHERE (n.person_id IN (SELECT person_id FROM regrouped) OR n.other_person_id IN (SELECT person_id FROM regrouped))
      AND NOT EXISTS (SELECT FROM told WHERE told.person_id = n.person_id AND told.other_person_id = n.other_person_id)
)
INSERT INTO identity.negative (person_id, other_person_id) SELECT person_id, other_person_id FROM told ON CONFLICT DO NOTHING;
