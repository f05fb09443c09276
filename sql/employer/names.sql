-- Every name that an employer has or had; a late roster calls it as it was called then.
SELECT DISTINCT name FROM ledger.employer WHERE uscc = :uscc AND name IS NOT NULL;
