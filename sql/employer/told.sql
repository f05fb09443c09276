-- Name and street that are known to hold from just this day on; no row where nothing is.
SELECT name, street FROM ledger.employer WHERE uscc = :uscc AND valid_from = :valid_from ORDER BY entry_id DESC LIMIT 1;
