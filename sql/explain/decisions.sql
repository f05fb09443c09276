-- All that was decided of a line or a record, in the order of the ledger.
SELECT 'A' || d.act AS act, d.verdict, d.rule, 'P' || d.person_id AS person,
       'P' || d.candidate_person_id AS "may be, or is not", round(d.weight::numeric, 1) AS weight, d.model, d.levels,
       d.decided_by AS by, d.recorded_at::timestamp(0) AS at
FROM (SELECT * FROM ledger.identity_decision WHERE line_id = :id
      UNION ALL
      SELECT * FROM ledger.identity_decision WHERE record_id = :id) AS d
ORDER BY d.decision_id;
