-- What we now know otherwise of an employer is no longer believed.
UPDATE warehouse.dim_employer AS d
SET known_to = e.recorded_at
FROM (SELECT recorded_at FROM ledger.employer WHERE uscc = :uscc ORDER BY entry_id DESC LIMIT 1) AS e
WHERE d.employer_uscc = :uscc AND d.known_to = 'infinity'
  AND NOT EXISTS (SELECT FROM ledger.employer_version AS v
                  WHERE v.uscc = :uscc AND (v.name, v.street, v.valid_from, v.valid_to) IS NOT DISTINCT FROM (d.name, d.street, d.valid_from, d.valid_to));
