-- Of a full extract: the records that stood before it (in force, not stale, in some version come with or before the full extract
-- before this one), and whether it names them. Who was brought by an increment since is not judged: the order in which the two were
-- drawn from the registry is not known. A record whose tokens were erased is nobody's to miss.
CREATE TEMPORARY TABLE stood ON COMMIT DROP AS
SELECT r.record_id, n.record_id IS NOT NULL AS named
FROM (SELECT max(load_id) AS load_id FROM ledger.registry_load WHERE kind = 'full' AND load_id < :load_id) AS former
JOIN ledger.registry_record AS r ON r.load_id < :load_id AND r.registered
JOIN identity.record_token AS t ON t.record_id = r.record_id
LEFT JOIN identity.record_person AS p ON p.record_id = r.record_id AND p.current
LEFT JOIN (SELECT DISTINCT record_id FROM named) AS n ON n.record_id = r.record_id
LEFT JOIN ledger.stale_record AS s ON s.record_id = r.record_id
WHERE (n.record_id IS NOT NULL OR p.record_id IS NOT NULL) AND s.record_id IS NULL
  AND (r.load_id <= former.load_id OR EXISTS (
        SELECT FROM identity.record_token AS o
        WHERE o.registry_no = t.registry_no AND o.record_id < (former.load_id + 1) * 16777216));
