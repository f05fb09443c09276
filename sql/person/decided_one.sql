-- The newest act by which people have put the rows of a split with whom they are taken from: one that has moved them there, or of which
-- rows stay there while the split takes such as were there before it. Asked before they are moved.
WITH stays AS MATERIALIZED (
    SELECT d.act, min(d.decision_id) AS first_decision
    FROM (SELECT d.act, d.decision_id
          FROM identity.line_person AS lp JOIN ledger.identity_decision AS d USING (line_id)
          WHERE lp.person_id = :person_id AND d.rule = 'merged_by_person' AND d.act IS NOT NULL
            AND lp.line_id NOT IN (SELECT line_id FROM reassigned WHERE line_id IS NOT NULL)
          UNION ALL
          SELECT d.act, d.decision_id
          FROM identity.record_person AS rp JOIN ledger.identity_decision AS d USING (record_id)
          WHERE rp.person_id = :person_id AND d.rule = 'merged_by_person' AND d.act IS NOT NULL
            AND rp.record_id NOT IN (SELECT record_id FROM reassigned WHERE record_id IS NOT NULL)) AS d
    GROUP BY d.act
)
SELECT max(a.act)
FROM (SELECT d.act
      FROM reassigned AS r
      JOIN identity.line_person AS lp ON lp.line_id = r.line_id AND lp.rule = 'merged_by_person'
      JOIN ledger.identity_decision AS d ON d.line_id = r.line_id AND d.person_id <> r.person_id
      UNION ALL
      SELECT d.act
      FROM reassigned AS r JOIN ledger.identity_decision AS d ON d.record_id = r.record_id
      WHERE 'merged_by_person' = (SELECT n.rule FROM ledger.identity_decision AS n
                                  WHERE n.record_id = r.record_id ORDER BY n.decision_id DESC LIMIT 1)
      UNION ALL
      SELECT s.act
      FROM stays AS s
      JOIN ledger.standing_act AS m USING (act)
      WHERE EXISTS (SELECT FROM reassigned AS r
                    CROSS JOIN LATERAL (SELECT b.person_id
                                        FROM (SELECT decision_id, person_id FROM ledger.identity_decision WHERE line_id = r.line_id
                                              UNION ALL
                                              SELECT decision_id, person_id FROM ledger.identity_decision WHERE record_id = r.record_id) AS b
                                        WHERE b.decision_id < s.first_decision ORDER BY b.decision_id DESC LIMIT 1) AS was
                    WHERE was.person_id = m.person_id)) AS d
JOIN ledger.standing_act AS a ON a.act = d.act AND a.kind = 'merge';
