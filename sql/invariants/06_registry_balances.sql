-- each registry extract wrote as many records as it says
SELECT g.load_id
FROM ledger.registry_load AS g
LEFT JOIN (SELECT load_id, count(*) AS records FROM ledger.registry_record GROUP BY 1) AS r USING (load_id)
WHERE g.rows_loaded <> coalesce(r.records, 0);
