INSERT INTO warehouse.dim_employer (employer_uscc, name, street, valid_from, valid_to, known_from)
SELECT v.uscc, v.name, v.street, v.valid_from, v.valid_to, e.recorded_at
FROM ledger.employer_version AS v
CROSS JOIN (SELECT recorded_at FROM ledger.employer WHERE uscc = :uscc ORDER BY entry_id DESC LIMIT 1) AS e
WHERE v.uscc = :uscc
  AND NOT EXISTS (SELECT FROM warehouse.dim_employer AS d
                  WHERE d.employer_uscc = v.uscc AND d.known_to = 'infinity' AND d.valid_from = v.valid_from);
