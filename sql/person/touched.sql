INSERT INTO affected (person_id, folds) SELECT person_id, false FROM regrouped;
