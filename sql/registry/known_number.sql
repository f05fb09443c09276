-- A person whom only rosters know is found by number and name. One who has a record already is not joined to a second:
-- two records join by a human decision only, so the second stands for a provisional person. A record that is another's now is none.
UPDATE incoming AS i
SET person_id = CASE WHEN t.candidate_person_id IS NULL AND NOT taken THEN t.person_id ELSE i.record_id END,
    candidate_person_id = CASE WHEN t.candidate_person_id IS NULL AND NOT taken THEN NULL
                               ELSE coalesce(t.candidate_person_id, t.person_id) END,
    rule = CASE WHEN t.candidate_person_id IS NOT NULL THEN 'number_with_other_name'
                WHEN taken THEN 'registry_double' ELSE 'number_and_name' END
FROM (
    SELECT i.record_id, t.person_id, t.candidate_person_id,
           EXISTS (SELECT FROM identity.record_person AS p WHERE p.person_id = t.person_id AND p.current
                     AND p.record_id NOT IN (SELECT replaces FROM incoming WHERE rule = 'record_of_another'))
           OR row_number() OVER (PARTITION BY t.person_id ORDER BY i.record_id) > 1 AS taken
    FROM incoming AS i JOIN identity.person_token AS t ON t.number = i.number AND t.name = i.name
    WHERE i.person_id IS NULL) AS t
WHERE t.record_id = i.record_id;
