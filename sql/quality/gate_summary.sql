-- A row a file and rule of the batch that is about to be published; a file that no rule flagged has one without a rule.
-- Codes and counts only.
WITH file AS (
    SELECT submission_id, employer_uscc, period, rows_read, rows_read - rows_set_aside AS lines
    FROM intake.submission WHERE batch_id = :batch_id AND state = 'checked'
), sheets AS (
    SELECT submission_id, sum(rows_read)::bigint AS rows_read, sum(lines)::bigint AS lines
    FROM intake.sheet WHERE submission_id IN (SELECT submission_id FROM file) GROUP BY submission_id
), found AS (
    SELECT submission_id, rule, min(severity) AS severity, count(*) AS found
    FROM quality.finding WHERE submission_id IN (SELECT submission_id FROM file) GROUP BY submission_id, rule
), counted AS (
    SELECT submission_id, rule, flagged FROM quality.rule_count WHERE submission_id IN (SELECT submission_id FROM file)
), rules AS (
    SELECT submission_id, rule, severity, coalesce(flagged, 0) AS flagged, coalesce(found, 0) AS found
    FROM found FULL JOIN counted USING (submission_id, rule)
)
SELECT file.submission_id, file.employer_uscc,
       (date_part('year', age(file.period, date_trunc('month', now()))) * 12
        + date_part('month', age(file.period, date_trunc('month', now()))))::integer AS months_ahead,
       file.rows_read, sheets.rows_read AS rows_of_sheets, file.lines, sheets.lines AS lines_of_sheets,
       (SELECT coalesce(sum(found), 0)::bigint FROM found WHERE found.submission_id = file.submission_id) AS findings,
       rules.rule, rules.severity, rules.flagged, rules.found
FROM file
LEFT JOIN sheets USING (submission_id)
LEFT JOIN rules USING (submission_id)
ORDER BY file.submission_id, rules.rule;
