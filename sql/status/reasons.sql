-- Files that need somebody, by reason.
SELECT outcome, reason_code, count(*) AS files
FROM intake.submission WHERE outcome IN ('held', 'refused', 'unreadable') GROUP BY 1, 2 ORDER BY 1, 2;
