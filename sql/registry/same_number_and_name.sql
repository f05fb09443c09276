-- A record without a number of the registry's own is a newer version of the one record in force that has its number and name, unless the
-- extract says that one, too, or several rows have both. So is the first with such a number of one that has none. A version that does not
-- tell the registry's number keeps it.
UPDATE incoming AS i
SET replaces = m.replaces, person_id = m.person_id, rule = 'same_record', registry_no = coalesce(i.registry_no, m.registry_no)
FROM (
    SELECT i.record_id, t.registry_no, p.record_id AS replaces, p.person_id,
           (i.registry_no IS NULL OR t.registry_no IS NULL) AND s.record_id IS NULL AND o.record_id IS NULL AS is_open,
           count(*) OVER (PARTITION BY i.record_id) AS records, count(*) OVER (PARTITION BY p.record_id) AS rows
    FROM incoming AS i
    JOIN identity.record_token AS t ON t.number = i.number AND t.name = i.name
    JOIN identity.record_person AS p ON p.record_id = t.record_id AND p.current
    LEFT JOIN said_again AS s ON s.record_id = p.record_id
    LEFT JOIN incoming AS o ON o.replaces = p.record_id
    WHERE i.replaces IS NULL) AS m
WHERE m.record_id = i.record_id AND m.is_open AND m.records = 1 AND m.rows = 1;
