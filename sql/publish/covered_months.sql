-- Which units the full rosters of each month cover; whole: all of the employer, whoever is of which unit. Where it sends its units
-- apart and all units of the month before are there again, whoever was told without a unit is covered as well. A month of which a
-- roster of the whole employer stands is covered whole, also where one by units counts in its place.
INSERT INTO covered (period, unit, whole)
WITH told AS (
    SELECT DISTINCT period, unit FROM ledger.effective_sheet WHERE employer_uscc = :employer_uscc AND kind = 'full' AND unit <> '离职'
), month AS (
    SELECT period, lag(period) OVER (ORDER BY period) AS before FROM (SELECT DISTINCT period FROM told) AS m
)
SELECT period, unit, unit = '' AS whole FROM told
UNION
SELECT s.period, '', true
FROM ledger.takes_place AS t
JOIN ledger.standing_submission AS s ON s.submission_id = t.former_id
JOIN ledger.standing_submission AS later ON later.submission_id = t.submission_id
WHERE s.employer_uscc = :employer_uscc
UNION
SELECT m.period, '', false
FROM month AS m
WHERE NOT EXISTS (SELECT FROM told AS t WHERE t.period = m.period AND t.unit = '')
  AND EXISTS (SELECT FROM told AS b WHERE b.period = m.before)
  AND NOT EXISTS (SELECT FROM told AS b WHERE b.period = m.before
                    AND NOT EXISTS (SELECT FROM told AS t WHERE t.period = m.period AND t.unit = b.unit));
