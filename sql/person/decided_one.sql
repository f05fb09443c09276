-- The newest act by which people have put the rows of a split with whom they are taken from. Asked before they are moved.
SELECT max(a.act)
FROM (SELECT d.act
      FROM reassigned AS r
      JOIN identity.line_person AS lp ON lp.line_id = r.line_id AND lp.rule = 'merged_by_person'
      JOIN ledger.identity_decision AS d ON d.line_id = r.line_id AND d.person_id <> r.person_id
      UNION ALL
      SELECT d.act
      FROM reassigned AS r JOIN ledger.identity_decision AS d ON d.record_id = r.record_id
      WHERE 'merged_by_person' = (SELECT n.rule FROM ledger.identity_decision AS n
                                  WHERE n.record_id = r.record_id ORDER BY n.decision_id DESC LIMIT 1)) AS d
JOIN ledger.standing_act AS a ON a.act = d.act AND a.kind = 'merge';
