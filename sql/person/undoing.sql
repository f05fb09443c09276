-- Each line and record of an act as it was decided before it. What came since and bears the number and name of one of them (without a
-- number: says the same at the same employer; of the registry: is a later version), and of nothing that stays, goes with it; with who
-- goes back into review all that came since. Who came into review since beside one of these persons is beside whomever the rows go to that
-- have his number (without such: birth date or phone), or beside whom all rows go to.
CREATE TEMPORARY TABLE reassigned ON COMMIT DROP AS
WITH own AS MATERIALIZED (
    SELECT d.source_id, d.line_id, d.record_id, coalesce(d.line_id, d.record_id) AS id, min(d.decision_id) OVER () AS first_decision
    FROM ledger.identity_decision AS d WHERE d.act = :undoes
), back AS MATERIALIZED (
    SELECT own.source_id, own.line_id, NULL::bigint AS record_id, own.id, lp.person_id AS was_person_id, b.person_id, b.candidate_person_id,
           b.verdict, b.rule
    FROM own
    JOIN identity.line_person AS lp ON lp.line_id = own.line_id
    CROSS JOIN LATERAL (SELECT d.* FROM ledger.identity_decision AS d
                        WHERE d.line_id = own.line_id AND d.decision_id < own.first_decision ORDER BY d.decision_id DESC LIMIT 1) AS b
    UNION ALL
    SELECT own.source_id, NULL, own.record_id, own.id, rp.person_id, b.person_id, b.candidate_person_id, b.verdict, b.rule
    FROM own
    JOIN identity.record_person AS rp ON rp.record_id = own.record_id
    CROSS JOIN LATERAL (SELECT d.* FROM ledger.identity_decision AS d
                        WHERE d.record_id = own.record_id AND d.decision_id < own.first_decision ORDER BY d.decision_id DESC LIMIT 1) AS b
), standing AS MATERIALIZED (
    -- Whatever stands for these persons now, with what it bears, and whether it was there before the act.
    SELECT lp.submission_id AS source_id, lp.line_id, NULL::bigint AS record_id, lp.line_id AS id, lp.person_id,
           t.number, t.name, t.name_birth, t.phone, t.employer_uscc, NULL::bytea AS registry_no,
           EXISTS (SELECT FROM ledger.identity_decision AS d, own WHERE d.line_id = lp.line_id AND d.decision_id < own.first_decision) AS was_there
    FROM identity.line_person AS lp LEFT JOIN identity.line_token AS t USING (line_id)
    WHERE lp.person_id IN (SELECT was_person_id FROM back)
    UNION ALL
    SELECT r.load_id, NULL, rp.record_id, rp.record_id, rp.person_id, t.number, t.name, t.name_birth, t.phone, NULL, t.registry_no,
           EXISTS (SELECT FROM ledger.identity_decision AS d, own WHERE d.record_id = rp.record_id AND d.decision_id < own.first_decision)
    FROM identity.record_person AS rp
    JOIN ledger.registry_record AS r USING (record_id)
    LEFT JOIN identity.record_token AS t USING (record_id)
    WHERE rp.person_id IN (SELECT was_person_id FROM back)
), pair AS (
    SELECT n.id, o.id AS like_id, o.id IN (SELECT id FROM own) AS goes_back
    FROM standing AS n JOIN standing AS o USING (person_id)
    WHERE NOT n.was_there AND o.was_there
      AND (n.number = o.number AND n.name = o.name
           OR n.number IS NULL AND o.number IS NULL AND n.employer_uscc = o.employer_uscc
              AND (n.name, n.name_birth, n.phone) IS NOT DISTINCT FROM (o.name, o.name_birth, o.phone)
           OR n.registry_no = o.registry_no)
), follows AS (
    SELECT id, min(like_id) AS like_id FROM pair GROUP BY id HAVING bool_and(goes_back)
    UNION
    SELECT n.id, (SELECT min(id) FROM back) FROM standing AS n WHERE :kind = 'apart' AND NOT n.was_there
), in_review AS (
    SELECT lp.submission_id AS source_id, lp.line_id, NULL::bigint AS record_id, lp.line_id AS id, lp.person_id, lp.candidate_person_id, lp.rule,
           t.number, t.name_birth, t.phone
    FROM identity.review_case AS c
    JOIN identity.line_person AS lp ON lp.person_id = c.person_id AND lp.candidate_person_id IS NOT NULL
    LEFT JOIN identity.line_token AS t USING (line_id)
    WHERE c.candidate_person_id IN (SELECT was_person_id FROM back)
      AND NOT EXISTS (SELECT FROM ledger.identity_decision AS d, own WHERE d.line_id = lp.line_id AND d.decision_id < own.first_decision)
    UNION ALL
    SELECT r.load_id, NULL, rp.record_id, rp.record_id, rp.person_id, c.candidate_person_id, c.rule, t.number, t.name_birth, t.phone
    FROM identity.review_case AS c
    JOIN identity.record_person AS rp ON rp.person_id = c.person_id
    JOIN ledger.registry_record AS r USING (record_id)
    LEFT JOIN identity.record_token AS t USING (record_id)
    WHERE c.candidate_person_id IN (SELECT was_person_id FROM back)
      AND NOT EXISTS (SELECT FROM ledger.identity_decision AS d, own WHERE d.record_id = rp.record_id AND d.decision_id < own.first_decision)
), met AS (
    SELECT c.id, o.id AS like_id, o.number = c.number AS by_number, o.id IN (SELECT id FROM own) AS goes_back
    FROM in_review AS c
    JOIN standing AS o ON o.person_id = c.candidate_person_id AND o.was_there
     AND (o.number = c.number OR o.name_birth = c.name_birth OR o.phone = c.phone)
), beside AS (
    SELECT id, coalesce(min(like_id) FILTER (WHERE by_number), min(like_id)) AS like_id
    FROM met GROUP BY id HAVING coalesce(bool_and(goes_back) FILTER (WHERE by_number), bool_and(goes_back))
    UNION
    SELECT c.id, (SELECT min(b.id) FROM back AS b WHERE b.was_person_id = c.candidate_person_id)
    FROM in_review AS c
    WHERE NOT EXISTS (SELECT FROM met WHERE met.id = c.id)
      AND NOT EXISTS (SELECT FROM standing AS o WHERE o.person_id = c.candidate_person_id
                        AND o.id NOT IN (SELECT id FROM own) AND o.id NOT IN (SELECT id FROM follows))
)
SELECT source_id, line_id, record_id, was_person_id, person_id, candidate_person_id, verdict, rule FROM back
UNION ALL
SELECT DISTINCT ON (s.id) s.source_id, s.line_id, s.record_id, s.person_id, b.person_id, b.candidate_person_id, b.verdict, b.rule
FROM follows AS f JOIN standing AS s USING (id) JOIN back AS b ON b.id = f.like_id
UNION ALL
SELECT DISTINCT ON (c.id) c.source_id, c.line_id, c.record_id, c.person_id, c.person_id, b.person_id, 'unsure', c.rule
FROM beside JOIN in_review AS c USING (id) JOIN back AS b ON b.id = beside.like_id
WHERE b.person_id <> c.candidate_person_id AND c.id NOT IN (SELECT id FROM back) AND c.id NOT IN (SELECT id FROM follows);
