-- The newest entry of every employer.
SELECT DISTINCT ON (uscc) uscc, name, street FROM ledger.employer ORDER BY uscc, entry_id DESC;
