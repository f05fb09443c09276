INSERT INTO affected (person_id) SELECT DISTINCT person_id FROM incoming;
