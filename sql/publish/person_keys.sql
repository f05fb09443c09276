SELECT person_id AS owner_id, key_no, wrapped FROM identity.person_key WHERE person_id = ANY (:ids);
