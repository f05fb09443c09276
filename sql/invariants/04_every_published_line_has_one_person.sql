-- every published line has a person and a decision; no other line has one
SELECT l.line_id
FROM ledger.roster_line AS l
LEFT JOIN identity.line_person AS p USING (line_id)
LEFT JOIN (SELECT line_id, count(*) AS decisions FROM ledger.identity_decision WHERE line_id IS NOT NULL GROUP BY 1) AS d USING (line_id)
WHERE (l.disposition = 'published') <> (p.line_id IS NOT NULL)
   OR (p.line_id IS NOT NULL) <> (coalesce(d.decisions, 0) > 0);
