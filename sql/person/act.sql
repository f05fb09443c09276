INSERT INTO ledger.identity_act (kind, person_id, other_person_id, answers, contradicts, reason, decided_by)
VALUES (:kind, :person_id, :other_person_id, CAST(:undoes AS bigint), CAST(:contradicts AS bigint), :reason, :decided_by)
RETURNING act;
