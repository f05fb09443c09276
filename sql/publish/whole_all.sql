-- All of them are read from the whole ledger.
INSERT INTO whole (person_id) SELECT person_id FROM affected;
