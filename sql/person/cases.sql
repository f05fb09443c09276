-- Who is in review, and beside whom, as the newest decisions say (rebuild/cases), of those whom the act concerns.
WITH derived AS MATERIALIZED (
    SELECT DISTINCT ON (person_id) person_id, candidate_person_id, rule
    FROM (SELECT lp.person_id, lp.candidate_person_id, lp.rule, lp.line_id AS id
          FROM identity.line_person AS lp
          WHERE lp.person_id IN (SELECT person_id FROM regrouped) AND lp.candidate_person_id IS NOT NULL
          UNION ALL
          SELECT rp.person_id, d.candidate_person_id, d.rule, rp.record_id
          FROM identity.record_person AS rp
          CROSS JOIN LATERAL (SELECT * FROM ledger.identity_decision AS d
                              WHERE d.record_id = rp.record_id ORDER BY d.decision_id DESC LIMIT 1) AS d
          WHERE rp.person_id IN (SELECT person_id FROM regrouped) AND d.verdict = 'unsure') AS doubtful
    ORDER BY person_id, id
), closed AS (
    DELETE FROM identity.review_case AS c
    WHERE c.person_id IN (SELECT person_id FROM regrouped) AND c.person_id NOT IN (SELECT person_id FROM derived)
)
INSERT INTO identity.review_case (person_id, candidate_person_id, rule)
SELECT person_id, candidate_person_id, rule FROM derived
ON CONFLICT (person_id) DO UPDATE SET candidate_person_id = EXCLUDED.candidate_person_id, rule = EXCLUDED.rule
WHERE review_case.candidate_person_id <> EXCLUDED.candidate_person_id;
