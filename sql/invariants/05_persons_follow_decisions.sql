-- each line and record stands for the person of the newest decision about it, beside the same one where it is in review
SELECT p.line_id
FROM identity.line_person AS p
JOIN (SELECT DISTINCT ON (line_id) line_id, person_id, rule, CASE verdict WHEN 'unsure' THEN candidate_person_id END AS candidate_person_id
      FROM ledger.identity_decision
      WHERE CASE WHEN CAST(:batch_id AS bigint) IS NULL THEN line_id IS NOT NULL
                 ELSE line_id = ANY (ARRAY(SELECT line_id FROM touched_line)) END
      ORDER BY line_id, decision_id DESC) AS d USING (line_id)
WHERE (d.person_id, d.candidate_person_id, d.rule) IS DISTINCT FROM (p.person_id, p.candidate_person_id, p.rule)
UNION ALL
SELECT p.record_id
FROM identity.record_person AS p
LEFT JOIN (SELECT DISTINCT ON (record_id) record_id, person_id FROM ledger.identity_decision
           WHERE record_id IS NOT NULL AND CAST(:batch_id AS bigint) IS NULL
           ORDER BY record_id, decision_id DESC) AS d USING (record_id)
WHERE CAST(:batch_id AS bigint) IS NULL AND d.person_id IS DISTINCT FROM p.person_id;
