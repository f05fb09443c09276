DROP TABLE new_key;
