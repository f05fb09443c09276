-- The name under which an employer is known.
SELECT name FROM ledger.employer WHERE uscc = :uscc ORDER BY entry_id DESC LIMIT 1;
