-- Name and street that hold on a day as far as is known, and whether an entry is of just that day; no row of an employer that is new.
SELECT name, street, valid_from = :valid_from AS is_of_day FROM ledger.employer
WHERE uscc = :uscc AND valid_from <= :valid_from ORDER BY valid_from DESC, entry_id DESC LIMIT 1;
