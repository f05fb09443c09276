-- Every line and record that stands for a person, by the newest decision about it.
WITH row AS (
    SELECT lp.line_id, NULL::bigint AS record_id, lp.line_id AS id,
           lp.submission_id::text || '/' || l.sheet || '/' || l.row_no AS place, to_char(s.period, 'YYYY-MM') AS month
    FROM identity.line_person AS lp
    JOIN ledger.submission AS s USING (submission_id)
    JOIN ledger.roster_line AS l ON l.report_month = s.period AND l.employer_uscc = s.employer_uscc AND l.line_id = lp.line_id
    WHERE lp.person_id = :person_id
    UNION ALL
    SELECT NULL, rp.record_id, rp.record_id, 'R' || rp.record_id, NULL FROM identity.record_person AS rp WHERE rp.person_id = :person_id
)
SELECT row.place AS row, row.month, d.verdict, d.rule, round(d.weight::numeric, 1) AS weight, d.model, d.levels, d.decided_by AS by,
       d.recorded_at::timestamp(0) AS at, 'A' || d.act AS act
FROM row
CROSS JOIN LATERAL (
    (SELECT * FROM ledger.identity_decision AS d WHERE d.line_id = row.line_id ORDER BY d.decision_id DESC LIMIT 1)
    UNION ALL
    (SELECT * FROM ledger.identity_decision AS d WHERE d.record_id = row.record_id ORDER BY d.decision_id DESC LIMIT 1)) AS d
ORDER BY row.id;
