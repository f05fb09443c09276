-- Who each registry record stands for, and whether it is the newest version: of the records of one number in the registry the last,
-- and none that another one replaces.
-- Where the numbers were deleted with their person, what is believed is taken as it is.
WITH told AS (
    SELECT 'live' AS side, p.record_id AS person, (p.person_id, p.current)::text AS told FROM identity.record_person AS p
    UNION ALL
    SELECT 'rebuilt', d.record_id,
           (d.person_id, CASE WHEN t.record_id IS NULL THEN p.current
                              ELSE l.replaces IS NULL AND (t.registry_no IS NULL OR d.record_id = max(d.record_id) OVER (PARTITION BY t.registry_no)) END)::text
    FROM decided AS d
    LEFT JOIN identity.record_token AS t USING (record_id)
    LEFT JOIN identity.record_person AS p USING (record_id)
    LEFT JOIN (SELECT DISTINCT replaces FROM ledger.registry_record) AS l ON l.replaces = d.record_id
    WHERE d.record_id IS NOT NULL
)
SELECT count(*) FILTER (WHERE side = 'live') AS live_rows, count(*) FILTER (WHERE side = 'rebuilt') AS rebuilt_rows,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'live'), 0)::text) AS live_hash,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'rebuilt'), 0)::text) AS rebuilt_hash
FROM told;
