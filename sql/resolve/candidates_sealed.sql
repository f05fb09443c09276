-- Of candidates: the person, whether a registry record in force stands for it, the sealed values and the key that opens them. Not
-- whoever was erased, is in review himself, or stands in a file that was undone.
SELECT o.owner_id, p.person_id, true AS is_record, r.key_no, r.sealed, k.wrapped
FROM candidate_owner AS o
JOIN identity.record_person AS p ON p.record_id = o.owner_id AND p.current
JOIN ledger.registry_record AS r ON r.record_id = o.owner_id
JOIN identity.person_key AS k USING (key_no)
WHERE NOT EXISTS (SELECT FROM identity.review_case AS c WHERE c.person_id = p.person_id)
UNION ALL
SELECT o.owner_id, p.person_id, false, l.key_no, l.sealed, k.wrapped
FROM candidate_owner AS o
JOIN identity.line_person AS p ON p.line_id = o.owner_id AND p.candidate_person_id IS NULL
JOIN ledger.standing_submission AS s ON s.submission_id = p.submission_id
JOIN ledger.roster_line AS l ON l.report_month = s.period AND l.employer_uscc = s.employer_uscc AND l.line_id = o.owner_id
JOIN identity.person_key AS k USING (key_no)
ORDER BY owner_id;
