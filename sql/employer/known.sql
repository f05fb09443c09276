-- The newest name and street of every employer: of the latest day, of that the newest entry.
SELECT DISTINCT ON (uscc) uscc, name, street FROM ledger.employer ORDER BY uscc, valid_from DESC, entry_id DESC;
