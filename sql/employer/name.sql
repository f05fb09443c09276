-- The newest name of an employer.
SELECT name FROM ledger.employer WHERE uscc = :uscc ORDER BY valid_from DESC, entry_id DESC LIMIT 1;
