-- What we now know otherwise of an employer is no longer believed.
UPDATE warehouse.dim_employer AS d
SET known_to = e.recorded_at
FROM (SELECT DISTINCT ON (uscc) uscc, name, street, recorded_at FROM ledger.employer
      WHERE uscc = :uscc ORDER BY uscc, entry_id DESC) AS e
WHERE d.employer_uscc = e.uscc AND d.known_to = 'infinity'
  AND (d.name IS DISTINCT FROM e.name OR d.street IS DISTINCT FROM e.street);
