SELECT source_id AS owner_id, key_no, wrapped FROM identity.person_key WHERE source_id = ANY (:ids);
