INSERT INTO warehouse.dim_employer (employer_uscc, name, street, valid_from, known_from)
SELECT e.uscc, e.name, e.street, e.recorded_at::date, e.recorded_at
FROM (SELECT DISTINCT ON (uscc) uscc, name, street, recorded_at FROM ledger.employer
      WHERE uscc = :uscc ORDER BY uscc, entry_id DESC) AS e
WHERE NOT EXISTS (SELECT FROM warehouse.dim_employer AS d WHERE d.employer_uscc = e.uscc AND d.known_to = 'infinity');
