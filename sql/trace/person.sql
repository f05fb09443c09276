SELECT p.person_id AS person, m.state AS match_state, p.registry_record_id AS registry_record, p.candidate_person_id AS may_be
FROM warehouse.dim_person AS p LEFT JOIN mart.match_today AS m USING (person_id)
WHERE p.person_id = :person_id AND p.known_to = 'infinity';
