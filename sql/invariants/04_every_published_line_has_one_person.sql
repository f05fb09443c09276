-- every published line has a person and a decision; no other line has one
WITH line AS NOT MATERIALIZED (
    SELECT line_id, disposition FROM ledger.roster_line WHERE CAST(:batch_id AS bigint) IS NULL
    UNION ALL SELECT line_id, disposition FROM touched_line
)
SELECT l.line_id
FROM line AS l
LEFT JOIN identity.line_person AS p USING (line_id)
LEFT JOIN (SELECT DISTINCT line_id FROM ledger.identity_decision
           WHERE CASE WHEN CAST(:batch_id AS bigint) IS NULL THEN line_id IS NOT NULL
                      ELSE line_id = ANY (ARRAY(SELECT line_id FROM touched_line)) END) AS d USING (line_id)
WHERE (l.disposition = 'published') <> (p.line_id IS NOT NULL)
   OR (p.line_id IS NOT NULL) <> (d.line_id IS NOT NULL);
