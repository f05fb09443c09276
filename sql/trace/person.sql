SELECT person_id AS person, match_state, registry_record_id AS registry_record, candidate_person_id AS may_be
FROM warehouse.dim_person WHERE person_id = :person_id;
