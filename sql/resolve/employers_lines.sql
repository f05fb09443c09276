-- What the employer's published lines said of these names: the newest of every person with one number, birth date and phone, so that the
-- cost does not grow with the months; and, so that nothing is overlooked that contradicts, those persons' registry records in force
-- and, where the employer tells no number, the newest line of anybody that does. Sealed.
WITH said AS MATERIALIZED (
    SELECT DISTINCT ON (pair, p.person_id, t.number, t.name_birth, t.phone) pair, t.line_id, p.person_id, p.candidate_person_id, t.submission_id, t.number
    FROM lost_pair
    JOIN identity.line_token AS t USING (employer_uscc, name)
    JOIN identity.line_person AS p ON p.line_id = t.line_id
    ORDER BY pair, p.person_id, t.number, t.name_birth, t.phone, t.line_id DESC
), person AS MATERIALIZED (
    SELECT pair, person_id, max(candidate_person_id) AS candidate_person_id, bool_or(number IS NOT NULL) AS is_told FROM said GROUP BY pair, person_id
), line AS (
    SELECT pair, line_id, person_id, candidate_person_id, submission_id, true AS is_own FROM said
    UNION ALL
    SELECT p.pair, n.line_id, p.person_id, p.candidate_person_id, n.submission_id, false
    FROM person AS p
    CROSS JOIN LATERAL (SELECT t.line_id, t.submission_id
                        FROM identity.line_person AS lp JOIN identity.line_token AS t USING (line_id)
                        WHERE lp.person_id = p.person_id AND t.number IS NOT NULL ORDER BY t.line_id DESC LIMIT 1) AS n
    WHERE NOT p.is_told
)
SELECT line.pair, line.line_id AS owner_id, line.person_id, line.candidate_person_id, line.is_own, false AS is_record, l.key_no, l.sealed, k.wrapped
FROM line
JOIN ledger.submission AS s ON s.submission_id = line.submission_id
JOIN ledger.roster_line AS l ON l.report_month = s.period AND l.employer_uscc = s.employer_uscc AND l.line_id = line.line_id
JOIN identity.person_key AS k USING (key_no)
UNION ALL
SELECT p.pair, r.record_id, p.person_id, p.candidate_person_id, false, true, r.key_no, r.sealed, k.wrapped
FROM person AS p
JOIN identity.record_person AS rp ON rp.person_id = p.person_id AND rp.current
JOIN ledger.registry_record AS r ON r.record_id = rp.record_id
JOIN identity.person_key AS k USING (key_no)
ORDER BY owner_id, pair;
