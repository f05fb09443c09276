-- An act of people, and whether it stands.
SELECT a.act, a.kind, a.person_id, a.other_person_id, a.answers, a.contradicts, a.reason, a.decided_by, a.recorded_at::timestamp(0) AS recorded_at,
       EXISTS (SELECT FROM ledger.standing_act AS s WHERE s.act = a.act) AS stands,
       (SELECT count(*) FROM ledger.identity_decision AS d WHERE d.act = a.act) AS decisions
FROM ledger.identity_act AS a WHERE a.act = :act;
