-- All of them are read from the whole ledger.
CREATE TEMPORARY TABLE whole ON COMMIT DROP AS SELECT person_id FROM affected;
