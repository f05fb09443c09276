SELECT person_id FROM regrouped ORDER BY person_id;
