-- what full extracts no longer held, and extracts held again, is told by turns, of records from before, as often as they say
SELECT g.load_id, NULL::bigint AS record_id
FROM ledger.registry_load AS g
LEFT JOIN (SELECT load_id, count(*) FILTER (WHERE NOT present) AS missed, count(*) FILTER (WHERE present) AS returned
           FROM ledger.registry_presence GROUP BY load_id) AS p USING (load_id)
WHERE g.records_missed <> coalesce(p.missed, 0) OR g.records_returned <> coalesce(p.returned, 0)
UNION ALL
SELECT t.load_id, t.record_id
FROM (SELECT load_id, record_id, present, lag(present, 1, true) OVER (PARTITION BY record_id ORDER BY load_id) AS before
      FROM ledger.registry_presence) AS t
WHERE t.present = t.before OR t.record_id >= t.load_id * 16777216;
