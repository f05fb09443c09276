-- persons are held apart just as the acts of people say that stand, none of them is in review beside the other, and every decision of an act has its act
SELECT person_id, other_person_id
FROM (SELECT person_id, other_person_id, true AS is_held, false AS is_told FROM identity.negative
      UNION ALL
      SELECT DISTINCT person_id, other_person_id, false, true FROM identity.told_apart) AS pair
WHERE CAST(:batch_id AS bigint) IS NULL OR person_id = ANY (ARRAY(SELECT person_id FROM touched_person))
GROUP BY 1, 2 HAVING bool_or(is_held) <> bool_or(is_told)
UNION ALL
SELECT c.person_id, c.candidate_person_id
FROM identity.review_case AS c
JOIN identity.negative AS n ON n.person_id = c.person_id AND n.other_person_id = c.candidate_person_id
WHERE CAST(:batch_id AS bigint) IS NULL OR c.person_id = ANY (ARRAY(SELECT person_id FROM touched_person))
UNION ALL
SELECT d.person_id, d.act
FROM ledger.identity_decision AS d LEFT JOIN ledger.identity_act AS a USING (act)
WHERE d.act IS NOT NULL AND a.act IS NULL AND CAST(:batch_id AS bigint) IS NULL;
