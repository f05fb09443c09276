-- Of which line of its file a repeated one says the same (quality/frame): number, name and spell, or without a number all there is.
SELECT (l.line_id / 16777216)::text || '/' || l.sheet || '/' || l.row_no AS row, l.disposition
FROM identity.line_token AS own
JOIN ledger.submission AS s ON s.submission_id = own.submission_id
JOIN ledger.roster_line AS m ON m.report_month = s.period AND m.employer_uscc = s.employer_uscc AND m.line_id = own.line_id
JOIN identity.line_token AS o
    ON o.line_id BETWEEN own.submission_id * 16777216 AND own.submission_id * 16777216 + 16777215
   AND (o.number, o.name) IS NOT DISTINCT FROM (own.number, own.name)
   AND (own.number IS NOT NULL OR (o.phone, o.name_birth) IS NOT DISTINCT FROM (own.phone, own.name_birth))
JOIN ledger.roster_line AS l ON l.report_month = s.period AND l.employer_uscc = s.employer_uscc AND l.line_id = o.line_id
WHERE own.line_id = :line_id AND l.disposition = 'published'
  AND (l.hire_date, l.leave_date) IS NOT DISTINCT FROM (m.hire_date, m.leave_date)
ORDER BY l.line_id LIMIT 1;
