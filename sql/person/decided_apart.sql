-- The newest act that holds two persons apart.
SELECT max(act) FROM identity.told_apart WHERE person_id = :keep AND other_person_id = :gone;
