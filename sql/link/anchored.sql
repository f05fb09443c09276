-- Profiles with a record, and the first profile of those that have the same: those of one person, and of one whole number under one
-- sound, are one.
CREATE TABLE anchored AS
WITH said AS (
    SELECT
        s.line, s.who, CASE WHEN r.person IS NOT NULL THEN 'person:' || r.person
            WHEN r.valid THEN r.digits || ':' || coalesce(r.sound, r.name, '') ELSE 'record:' || r.no END AS record,
        CASE WHEN r.valid THEN r.digits END AS number
    FROM (SELECT line, who FROM by_number UNION ALL SELECT line, who FROM by_weight) AS s JOIN record AS r ON r.no = s.who)
SELECT line, who, record, number, first FROM said JOIN (SELECT record, min(line) AS first FROM said GROUP BY record) USING (record)
