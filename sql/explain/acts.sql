-- What people decided of a person, in their order.
SELECT 'A' || a.act AS act, a.kind AS what, a.person_id, a.other_person_id, a.answers, a.decided_by AS by, a.recorded_at::timestamp(0) AS at,
       'A' || a.contradicts AS contradicts,
       CASE WHEN c.act IS NOT NULL THEN 'open case' WHEN a.kind IN ('undo', 'confirm') THEN NULL
            WHEN s.act IS NULL THEN 'taken back' ELSE 'holds' END AS state, a.reason AS why
FROM ledger.identity_act AS a
LEFT JOIN ledger.standing_act AS s ON s.act = a.act
LEFT JOIN identity.conflict_case AS c ON c.act = a.act
WHERE :person_id IN (a.person_id, a.other_person_id)
ORDER BY a.act;
