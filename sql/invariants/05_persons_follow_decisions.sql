-- each line stands for the person of the newest decision about it
SELECT p.line_id
FROM identity.line_person AS p
JOIN (SELECT DISTINCT ON (line_id) line_id, person_id FROM ledger.identity_decision
      WHERE CASE WHEN CAST(:batch_id AS bigint) IS NULL THEN line_id IS NOT NULL
                 ELSE line_id = ANY (ARRAY(SELECT line_id FROM touched_line)) END
      ORDER BY line_id, decision_id DESC) AS d USING (line_id)
WHERE d.person_id <> p.person_id;
