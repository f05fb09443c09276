-- A later act about the same persons or rows, the newest of those that stand.
SELECT max(a.act)
FROM ledger.standing_act AS a
WHERE a.act > :undoes
  AND (a.person_id IN (SELECT person_id FROM regrouped) OR a.other_person_id IN (SELECT person_id FROM regrouped)
       OR EXISTS (SELECT FROM ledger.identity_decision AS d JOIN reassigned AS r ON r.line_id = d.line_id WHERE d.act = a.act)
       OR EXISTS (SELECT FROM ledger.identity_decision AS d JOIN reassigned AS r ON r.record_id = d.record_id WHERE d.act = a.act));
