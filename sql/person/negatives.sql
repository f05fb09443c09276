-- Who is held apart from those whom the act concerns, as the acts say that stand.
WITH told AS MATERIALIZED (
    SELECT DISTINCT person_id, other_person_id FROM identity.told_apart
    WHERE person_id IN (SELECT person_id FROM regrouped) OR other_person_id IN (SELECT person_id FROM regrouped)
), no_longer AS (
    DELETE FROM identity.negative AS n
    WHERE (n.person_id IN (SELECT person_id FROM regrouped) OR n.other_person_id IN (SELECT person_id FROM regrouped))
      AND NOT EXISTS (SELECT FROM told WHERE told.person_id = n.person_id AND told.other_person_id = n.other_person_id)
)
INSERT INTO identity.negative (person_id, other_person_id) SELECT person_id, other_person_id FROM told ON CONFLICT DO NOTHING;
